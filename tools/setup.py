"""Make .venv with the locked dependencies and the package itself; nothing to do when it is up to date."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".stamp-setup"
LOCK = ROOT / "requirements" / "dev.lock"


def fingerprint() -> list[str]:
    """What the environment was made from: a moved checkout, another Python or another lock makes it anew."""
    digest = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    return [str(ROOT), f"{sys.version_info.major}.{sys.version_info.minor}", digest.hexdigest()]


def require_venv_module() -> None:
    """Debian keeps the module apart; as root it is simply installed."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {package}", flush=True)
        subprocess.run(["apt-get", "install", "--yes", "--quiet", package], check=True)
        return
    sys.exit(f"Python's venv module is missing: install it with `apt install {package}`.")


def make_environment(*, made_from: list[str]) -> None:
    stamped = STAMP.read_text("utf-8").splitlines() if STAMP.exists() else []
    usable = (VENV / "bin" / "python").exists() and (not stamped or stamped[:2] == made_from[:2])
    STAMP.unlink(missing_ok=True)
    if not usable:
        require_venv_module()
        print("Making .venv", flush=True)
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    print("Installing the locked dependencies", flush=True)
    pip("--require-hashes", "--requirement", str(LOCK))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text("\n".join(made_from) + "\n", "utf-8")


def pip(*arguments: str) -> None:
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", *arguments]
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(command, check=False, env=environment).returncode:
        sys.exit("pip could not install what Jiangong needs; its own message stands above.")


def main() -> None:
    made_from = fingerprint()
    if STAMP.exists() and STAMP.read_text("utf-8").splitlines() == made_from:
        return
    make_environment(made_from=made_from)


if __name__ == "__main__":
    main()
