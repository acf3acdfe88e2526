"""What the repository itself promises: nothing in it names a download address or this machine."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("lock", LOCKS, ids=by_name)
def test_python_locks_pin_with_hashes_and_name_no_address(lock: Path) -> None:
    lines = [line for line in lock.read_text("utf-8").splitlines() if not line.startswith("#")]
    odd = [
        line
        for line in lines
        if not re.match(r"[a-z0-9._-]+==[^ ]+ \\$| {4}--hash=sha256:[0-9a-f]{64}( \\)?$", line)
    ]
    assert odd == []


def test_the_npm_lock_names_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = [about for name, about in lock["packages"].items() if name]
    assert [about for about in packages if "resolved" in about] == []
    assert [about for about in packages if "integrity" not in about] == []


def test_npm_is_told_no_registry() -> None:
    assert "registry=" not in (ROOT / ".npmrc").read_text("utf-8")


def test_every_icon_used_is_built() -> None:
    listed = set((ROOT / "frontend/icons.txt").read_text("utf-8").split())
    used: set[str] = set()
    for path in sorted((ROOT / "src/jiangong").glob("*/*/templates/**/*.html")):
        used |= set(re.findall(r"""{%\s*icon\s+["']([a-z0-9-]+)["']""", path.read_text("utf-8")))
    assert used - listed == set()


def pins_of(lock: Path) -> dict[str, str]:
    pairs = re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("name,group", [("base", ""), ("dev", "dev"), ("node", "node")])
def test_locks_satisfy_what_the_project_asks_for(name: str, group: str) -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = about["dependency-groups"][group] if group else about["project"]["dependencies"]
    pins = pins_of(ROOT / "requirements" / f"{name}.lock")
    requirements = [Requirement(line) for line in asked]
    unmet = [
        str(need) for need in requirements if pins.get(canonicalize_name(need.name), "") not in need.specifier
    ]
    assert unmet == [], "run `make lock`"
