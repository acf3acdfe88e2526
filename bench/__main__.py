"""Runs the sections named on the command line, or all. Each makes its own scratch database and removes it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SECTIONS = (
    *("figures", "page", "verify", "confirm", "serve"),
    *("sheets", "backup", "likeness", "text", "documents", "plan"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="default: all")
    parser.add_argument("--small", action="store_true", help="a tenth of the size, to try the bench itself")
    options = parser.parse_args()
    failed = 0
    for section in options.sections or SECTIONS:
        with tempfile.TemporaryDirectory(prefix="jiangong-bench-") as folder:
            failed |= _run(section, Path(folder), small=options.small)
    return failed


def _run(section: str, folder: Path, *, small: bool) -> int:
    """A process of its own, so that no section warms another's caches."""
    environment = {
        **os.environ,
        "JIANGONG_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "jiangong.config.settings",
        "BENCH_SCALE": "10" if small else "1",
    }
    return subprocess.run([sys.executable, "-m", f"bench.{section}"], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
