"""Files in a folder, each written aside and moved into place whole: a crash leaves no torn file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage

from jiangong.ground.shared.registry import Registry


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A name in the storage that the database tells of. `sha256`: of what can never be made again."""

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """What of an app's files belongs in a backup; renditions do not, they are made again."""

    code: str
    read: Callable[[], Iterator[KeptFile]]


kept_files: Registry[KeptFiles] = Registry("kept files")


def made_once(path: str, make: Callable[[], bytes]) -> bytes:
    """What can be made again: read where it is kept, else made and kept. A disk that is full keeps nobody from it."""
    if default_storage.exists(path):
        with default_storage.open(path, "rb") as kept:
            return cast(bytes, kept.read())
    made = make()
    with contextlib.suppress(OSError):
        default_storage.save(path, ContentFile(made))
    return made


class AtomicFolder(FileSystemStorage):
    """The default storage. Saving an existing name replaces it whole; evidence names are digests of the content."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        del max_length
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.parent / f".{uuid4().hex}.part"
        try:
            with draft.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            draft.chmod(0o640)
            draft.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        return name
