"""Build the wheel, look into it, install it in a clean environment and load the example with it."""

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
BUILT = "jiangong/ground/shared/static/built"
EXPECTED = {"65", "137"}  # the example's lecture halls and lectures


def run(*command: str, home: Path | None = None) -> str:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "DJANGO", "DATABASE_URL", "JIANGONG"))
    }
    environment = kept | ({"JIANGONG_HOME": str(home)} if home else {})
    where = home.parent if home else ROOT
    answer = subprocess.run(
        command, check=False, cwd=where, env=environment, stdout=subprocess.PIPE, text=True
    )
    if answer.returncode:
        sys.exit(f"{answer.stdout}\n`{' '.join(command)}` ended with {answer.returncode}.")
    return answer.stdout


def build_wheel(folder: Path) -> Path:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    return next(folder.glob("*.whl"))


def wanted_inside() -> set[str]:
    """Everything that a running system reads and that a build could forget."""
    wanted = {f"{BUILT}/{name}" for name in ("main.js", "main.css", "icons.svg", "LICENSES.txt")}
    for path in SOURCE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".mo":
            wanted.add(str(path.relative_to(SOURCE)))
    return wanted | {name.removesuffix(".po") + ".mo" for name in wanted if name.endswith(".po")}


def require_complete(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        missing = sorted(wanted_inside() - set(archive.namelist()))
    if missing:
        sys.exit("The wheel lacks:\n" + "\n".join(missing))


def install(wheel: Path, folder: Path) -> Path:
    environment = folder / "environment"
    venv.create(environment, with_pip=True, symlinks=True)
    pip = (str(environment / "bin/python"), "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "--requirement", str(ROOT / "requirements/base.lock"))
    run(*pip, "--no-deps", "--no-index", str(wheel))
    return environment / "bin/jiangong"


def require_example(jiangong: Path, home: Path) -> int:
    """How many figures a program reads after loading the example; the best-known ones must be right."""
    run(str(jiangong), "example", home=home)
    run(str(jiangong), "verify", home=home)
    figures: list[dict[str, Any]] = json.loads(run(str(jiangong), "figures", "--json", home=home))
    wrong = EXPECTED - {figure["value"] for figure in figures}
    if wrong:
        sys.exit(f"No figure of the example has the value {' or '.join(sorted(wrong))}.")
    return len(figures)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        wheel = build_wheel(folder / "dist")
        require_complete(wheel)
        print(f"{wheel.name}: {wheel.stat().st_size // 1024} KiB, complete", flush=True)
        count = require_example(install(wheel, folder), folder / "home")
        print(f"{wheel.name}: installed, example loaded, books verified, {count} figures read")


if __name__ == "__main__":
    main()
