"""Files in a folder, each written aside and moved into place whole: a crash leaves no torn file."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


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
