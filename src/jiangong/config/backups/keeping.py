"""Making a backup while others work: the database at one moment, then the files that it names."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Sum
from django.utils.translation import gettext as _

from jiangong.books.evidence.models import File
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import proof
from jiangong.config.backups import archives, databases
from jiangong.config.backups.archives import Manifest, Tick, Writer
from jiangong.ground.audit.models import AuditHead
from jiangong.ground.shared import storage
from jiangong.ground.shared.storage import KeptFile

Started = Callable[[int], Tick]
"""Told how many bytes there will be; gives what is to be told of each step."""


@dataclass(slots=True)
class Kept:
    """What is in the backup, and a sentence for each evidence file that should be in it and is not whole."""

    manifest: Manifest
    bytes: int = 0
    faults: list[str] = field(default_factory=list)


def keep(path: Path, *, with_secret: bool, at: datetime, started: Started) -> Kept:
    """One archive of the house as it stands; refuses a place that cannot be written to, and leaves no torn one."""
    with _written_to(path):
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            database = Path(folder) / archives.DATABASES[connection.vendor]
            with tempfile.TemporaryFile("w+", encoding="utf-8") as names:
                kept = Kept(_snapshot(database, names, at=at))
                size = database.stat().st_size
                tick = started(size + (File.objects.aggregate(size=Sum("size"))["size"] or 0))
                with archives.writing(path, at=at.timestamp()) as archive:
                    with database.open("rb", buffering=0) as content:
                        archive.add(database.name, content, size=size, tick=tick)
                    database.unlink()
                    _add_files(archive, names, kept, tick)
                    if with_secret:
                        archive.add_bytes(archives.SECRET, settings.SECRET_KEY.encode())
                    kept.manifest = replace(kept.manifest, missing=len(kept.faults))
                    archive.add_manifest(kept.manifest)
        kept.bytes = path.stat().st_size
    return kept


def _snapshot(database: Path, names: IO[str], *, at: datetime) -> Manifest:
    """Database, files and positions of one moment. The moment ends before the files are copied, which takes longest."""
    with proof.snapshot():
        books = list(Book.objects.select_related("federation").order_by("pk"))
        databases.save(database)
        count = 0
        for source in storage.kept_files:
            for file in source.read():
                names.write(f"{file.sha256} {file.name}\n")
                count += 1
        applied = MigrationRecorder(connection).applied_migrations()
        return Manifest(
            format=archives.FORMAT,
            program=version("jiangong"),
            vendor=connection.vendor,
            made_at=at.isoformat(),
            federation=books[0].federation.name if books else "",
            books=[
                {"federation": book.federation.name, "position": book.position, "digest": book.digest}
                for book in books
            ],
            audit_events=AuditHead.objects.get(pk=1).number,
            migrations=sorted([app, name] for app, name in applied),
            files=count,
            missing=0,
        )


def _add_files(archive: Writer, names: IO[str], kept: Kept, tick: Tick) -> None:
    names.seek(0)
    for line in names:
        sha256, _space, name = line.rstrip("\n").partition(" ")
        found = _add_file(archive, KeptFile(name, sha256), tick)
        if found:
            kept.faults.append(found)


def _add_file(archive: Writer, file: KeptFile, tick: Tick) -> str:
    """A sentence when evidence is not whole. What was sent as Excel may have been tidied away meanwhile."""
    try:
        with Path(default_storage.path(file.name)).open("rb", buffering=0) as content:
            size = os.fstat(content.fileno()).st_size
            digest = archive.add(f"{archives.FILES}{file.name}", content, size=size, tick=tick)
    except FileNotFoundError:
        return _("Evidence file %(name)s is missing.") % {"name": file.sha256} if file.sha256 else ""
    changed = file.sha256 and digest != file.sha256
    return _("Evidence file %(name)s was changed.") % {"name": file.sha256} if changed else ""


@contextmanager
def _written_to(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise archives.NotWritten(path=path, reason=error.strerror or error) from error
    except sqlite3.Error as error:
        raise archives.NotWritten(path=path, reason=error) from error
