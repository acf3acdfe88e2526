"""Build the front end (scripts, styles, icons) into the package; nothing to do when it is up to date.

Where the machine has no Node 20, Node comes as a locked Python package into .venv.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "src/jiangong/ground/shared/static/built"
OUTPUTS = ("main.js", "main.css", "icons.svg", "LICENSES.txt")
OLDEST_NODE = (20, 19)


def environment() -> dict[str, str]:
    """The search path with .venv first, so that its Node is found; npm's cache needs no home folder."""
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    return os.environ | {"PATH": path}


def node_version() -> tuple[int, int]:
    node = shutil.which("node", path=environment()["PATH"])
    npm = shutil.which("npm", path=environment()["PATH"])
    if node is None or npm is None:
        return (0, 0)
    answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    try:
        major, minor = answer.strip().removeprefix("v").split(".")[:2]
        return int(major), int(minor)
    except ValueError:
        return (0, 0)


def require_node() -> None:
    if node_version() >= OLDEST_NODE:
        return
    print("Node 20.19 or newer and npm are not here: installing Node into .venv", flush=True)
    lock = str(ROOT / "requirements" / "node.lock")
    command = [str(VENV / "bin/python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
    if subprocess.run(command, check=False, env=environment()).returncode or node_version() < OLDEST_NODE:
        sys.exit("Node could not be installed; install Node 20.19 or newer with npm, then try again.")


def digest_of(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def install_modules() -> None:
    """`npm ci`, when the lock file has changed since the last time."""
    stamp = MODULES / ".stamp"
    wanted = digest_of([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    require_node()
    print("Installing the locked front-end packages", flush=True)
    run("npm", "ci", "--loglevel=error")
    stamp.write_text(wanted, "utf-8")


def build() -> None:
    stamp = VENV / ".stamp-assets"
    sources = [path for path in FRONTEND.rglob("*") if path.is_file()]
    wanted = digest_of([*sources, ROOT / "package-lock.json"])
    standing = stamp.exists() and stamp.read_text("utf-8") == wanted
    if standing and all((BUILT / name).exists() for name in OUTPUTS):
        return
    stamp.unlink(missing_ok=True)
    install_modules()
    print("Building the front end", flush=True)
    run("node", "frontend/build.mjs")
    stamp.write_text(wanted, "utf-8")


def lint() -> None:
    install_modules()
    require_node()
    run("node", "node_modules/eslint/bin/eslint.js", "--config", "frontend/eslint.config.mjs", "frontend")


def run(*command: str) -> None:
    tool = shutil.which(command[0], path=environment()["PATH"])
    if tool is None:
        require_node()
        tool = command[0]
    if subprocess.run([tool, *command[1:]], check=False, cwd=ROOT, env=environment()).returncode:
        sys.exit(f"`{' '.join(command[:2])}` failed; its own message stands above.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint", action="store_true", help="run eslint over frontend/ instead")
    lint() if parser.parse_args().lint else build()


if __name__ == "__main__":
    main()
