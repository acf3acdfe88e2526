"""Install from Debian's packages what the tests need and the machine lacks; where that may not be, say so."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def has_program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def has_chinese_fonts() -> bool:
    if not has_program("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn", "family"], check=False, capture_output=True, text=True)
    return bool(listed.stdout.strip())


def has_postgresql() -> bool:
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


NEEDS: dict[str, tuple[tuple[str, ...], Callable[[], bool]]] = {
    "chromium": (("chromium",), lambda: has_program("chromium", "chromium-browser", "google-chrome")),
    "fonts": (("fontconfig", "fonts-noto-cjk"), has_chinese_fonts),
    "pdf": (("poppler-utils",), lambda: has_program("pdftotext")),
    "postgresql": (("postgresql", "postgresql-client"), has_postgresql),
}


def missing_packages(names: list[str]) -> list[str]:
    return [package for name in names if not NEEDS[name][1]() for package in NEEDS[name][0]]


def may_install() -> bool:
    return os.geteuid() == 0 and has_program("apt-get")


def install(packages: list[str]) -> None:
    """Ask apt; what it brought is seen afterwards, its own words go to the terminal."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], check=False, env=quiet)
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    subprocess.run(command, check=False, env=quiet)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=sorted(NEEDS))
    parser.add_argument("--must", action="store_true", help="fail where something stays missing")
    options = parser.parse_args()
    missing = missing_packages(options.names)
    if missing and may_install():
        print(f"Installing {', '.join(missing)}", flush=True)
        install(missing)
        missing = missing_packages(options.names)
    if missing:
        print(f"Missing, and not installed from here: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing and options.must else 0


if __name__ == "__main__":
    sys.exit(main())
