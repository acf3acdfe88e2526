"""The example, loaded once for all tests that want it, and given to each as a copy of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BESIDE_THE_BOOK = shutil.ignore_patterns("*-wal", "*-shm")
"""Empty once the example is loaded; they come and go while another test reads it."""


def environment(home: Path) -> dict[str, str]:
    """What a command needs to work on that home alone, on SQLite."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "PYTEST_CURRENT_TEST"}
    }
    return {**kept, "JIANGONG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "jiangong.config.settings"}


def jiangong(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jiangong.config", *arguments],
        env={**environment(home), **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="session")
def loaded_example(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Loaded by the first test process that asks; the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "example"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            loaded = jiangong(folder / "home", "example")
            assert loaded.returncode == 0, loaded.stderr
            (folder / "done").touch()
    return folder / "home"


@pytest.fixture
def example_home(loaded_example: Path, tmp_path: Path) -> Path:
    """A copy that the test may change. Evidence is never overwritten, so its files are shared by links."""
    home = tmp_path / "home"
    shutil.copytree(loaded_example, home, copy_function=_link_files, ignore=BESIDE_THE_BOOK)
    return home


def _link_files(source: str, target: str) -> str:
    if f"{os.sep}files{os.sep}" in source:
        os.link(source, target)
        return target
    return shutil.copy2(source, target)
