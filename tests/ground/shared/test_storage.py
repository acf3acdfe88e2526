"""What can be made again is made once, and is there though nothing can be kept."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.storage import default_storage

from jiangong.ground.shared.storage import AtomicFolder, made_once


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_it_is_made_once() -> None:
    made = iter([b"first", b"second"])
    assert made_once("renditions/a.pdf", lambda: next(made)) == b"first"
    assert made_once("renditions/a.pdf", lambda: next(made)) == b"first"


def test_a_full_disk_keeps_nobody_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(AtomicFolder, "_save", full)
    assert made_once("renditions/b.pdf", lambda: b"made") == b"made"
    assert not default_storage.exists("renditions/b.pdf")
