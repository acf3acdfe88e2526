"""Pin every dependency with its hashes: requirements/base.lock, dev.lock and node.lock.

The public index is asked, whatever the machine's own pip configuration says, so that the hashes of all
platforms are in; the lock files name no address, so every machine installs from wherever its pip looks.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
HEADER = "# Made by `make lock` from pyproject.toml; not to be edited by hand.\n"
ADDRESSES = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host", "-i ", "-f ", "#")
MACHINE_SETTINGS = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_TRUSTED_HOST")


def wanted() -> dict[str, list[str]]:
    """The requirements that each lock file pins."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    base: list[str] = project["project"]["dependencies"]
    groups: dict[str, list[str]] = project["dependency-groups"]
    return {"base": base, "dev": base + groups["dev"], "node": groups["node"]}


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in MACHINE_SETTINGS}
    return kept | {"PIP_CONFIG_FILE": os.devnull}


def compile_lock(*, name: str, requirements: list[str], constraint: Path | None, upgrade: bool) -> None:
    target = LOCKS / f"{name}.lock"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"{name}.in")
        limits = f"-c {constraint}\n" if constraint else ""
        source.write_text(limits + "\n".join(requirements) + "\n", "utf-8")
        pinned = Path(folder, f"{name}.lock")
        if target.exists() and not upgrade:
            pinned.write_bytes(target.read_bytes())
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--no-config"]
        command += ["--allow-unsafe", "--strip-extras", "--no-annotate", "--no-header", "--no-emit-options"]
        command += ["--resolver=backtracking", *(["--upgrade"] if upgrade else [])]
        command += [f"--output-file={pinned}", str(source)]
        subprocess.run(command, check=True, cwd=folder, env=clean_environment(), stdout=subprocess.DEVNULL)
        target.write_text(HEADER + without_addresses(pinned.read_text("utf-8")), "utf-8")


def without_addresses(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(ADDRESSES)]
    return "\n".join(line for line in lines if line.strip()) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows"
    )
    upgrade = parser.parse_args().upgrade
    LOCKS.mkdir(exist_ok=True)
    requirements = wanted()
    for name, constraint in (("base", None), ("dev", LOCKS / "base.lock"), ("node", None)):
        print(f"requirements/{name}.lock", flush=True)
        compile_lock(name=name, requirements=requirements[name], constraint=constraint, upgrade=upgrade)


if __name__ == "__main__":
    main()
