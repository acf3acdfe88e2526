"""Putting a backup in place: all of it aside, then moved; what was there stays aside until the proof agrees."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.config.backups import archives, databases, placing
from jiangong.config.backups.archives import Manifest, Tick
from jiangong.config.backups.placing import Moves
from jiangong.ground.shared.errors import DomainError


class BackupNewer(DomainError):
    code = "backup_newer"
    message = _(
        "%(path)s was made by a newer Jiangong (%(program)s). Install that one, then restore. Nothing was changed."
    )


class OtherVendor(DomainError):
    code = "other_vendor"
    message = _(
        "%(path)s is of a database of another kind (%(theirs)s), and DATABASE_URL names %(ours)s. Set a "
        "DATABASE_URL of the same kind. Nothing was changed."
    )


class NotEmpty(DomainError):
    code = "home_not_empty"
    message = _(
        "There is a book or evidence in %(home)s already. Name an empty folder in JIANGONG_HOME and an empty "
        "database, or put the backup in their place with --replace."
    )


class NotPlaced(DomainError):
    code = "backup_not_placed"
    message = _("The backup cannot be put in place (%(reason)s). What was there before is there again.")


@dataclass(slots=True)
class Places:
    """Where the parts go before they are moved, and where what was there before is kept."""

    mark: str = field(default_factory=lambda: uuid4().hex[:8])

    @property
    def files(self) -> Path:
        """Within the folder of files, which may be a disk of its own."""
        return Path(settings.MEDIA_ROOT) / f".restore-{self.mark}"

    @property
    def database(self) -> Path:
        """Beside the database, so that moving it is one step."""
        folder = settings.HOME if connection.vendor == "postgresql" else databases.file_of_sqlite().parent
        return Path(folder) / f".restore-{self.mark}.database"

    @property
    def secret(self) -> Path:
        return Path(settings.HOME) / f".restore-{self.mark}.secret"

    def of(self, name: str) -> Path:
        if name.startswith(archives.FILES):
            return self.files / "new" / name.removeprefix(archives.FILES)
        return {archives.SECRET: self.secret}.get(name, self.database)

    def before(self) -> list[Path]:
        """What was there before, as far as it lies in files."""
        homes = {Path(settings.HOME), self.database.parent, Path(settings.MEDIA_ROOT)}
        return sorted(
            path for home in homes if home.is_dir() for path in home.iterdir() if self.mark in path.name
        )


@dataclass(slots=True)
class Restored:
    """`shelf`: the schema in which PostgreSQL keeps what was there before."""

    places: Places
    shelf: str
    with_secret: bool

    def forget_before(self) -> None:
        """Once the proof agrees."""
        for path in self.places.before():
            _remove(path)
        if self.shelf:
            databases.drop_shelved(self.shelf)

    def kept_before(self) -> list[str]:
        return [*map(str, self.places.before()), *([self.shelf] if self.shelf else [])]


def require_fits(path: Path, manifest: Manifest) -> None:
    """Refuses a backup of another kind of database, and one that this program is too old for."""
    known = set(MigrationLoader(None).disk_migrations)
    newer = {(app, name) for app, name in manifest.migrations} - known
    if manifest.format > archives.FORMAT or newer:
        raise BackupNewer(path=path, program=manifest.program)
    if manifest.vendor != connection.vendor:
        raise OtherVendor(path=path, theirs=manifest.vendor, ours=connection.vendor)


def require_free() -> None:
    if _holds_book() or _holds_evidence():
        raise NotEmpty(home=settings.HOME)


def federation_there() -> str:
    """Its name, where it can be read."""
    try:
        return str(Book.objects.select_related("federation").order_by("pk")[0].federation.name)
    except (DatabaseError, IndexError):
        return ""


def _holds_book() -> bool:
    """A database that cannot be read may hold one."""
    if databases.is_empty():
        return False
    try:
        if Book._meta.db_table not in connection.introspection.table_names():
            return False
        return Book.objects.exists()
    except DatabaseError:
        return True


def _holds_evidence() -> bool:
    folder = Path(settings.MEDIA_ROOT) / "evidence"
    return folder.is_dir() and any(folder.iterdir())


def restore(path: Path, *, tick: Tick) -> Restored:
    """Everything in place, or everything as it was before."""
    places = Places()
    try:
        archives.extract(path, place=lambda name: _place(places, name), tick=tick)
        with placing.all_or_nothing() as moves:
            with_secret = places.secret.exists()
            _move_files(places, moves)
            return Restored(places, _place_database(places, moves), with_secret)
    except OSError as error:
        raise NotPlaced(reason=error.strerror or error) from error
    finally:
        _remove_new(places)


def _place_database(places: Places, moves: Moves) -> str:
    if connection.vendor == "postgresql":
        return databases.place_postgresql(places.database)
    databases.place_sqlite(places.database, moves=moves, mark=places.mark)
    return ""


def _place(places: Places, name: str) -> Path | None:
    return None if name in {archives.MANIFEST, archives.LISTING} else places.of(name)


def _move_files(places: Places, moves: Moves) -> None:
    """Folder by folder; renditions of what was there go aside too, and are made again."""
    media, new = Path(settings.MEDIA_ROOT), places.files / "new"
    for old in sorted(media.iterdir()) if media.is_dir() else ():
        if old != places.files:
            moves.move(old, places.files / "before" / old.name)
    for folder in sorted(new.iterdir()) if new.is_dir() else ():
        moves.move(folder, media / folder.name)
    if places.secret.exists():
        _move_secret(places, moves)


def _move_secret(places: Places, moves: Moves) -> None:
    target = Path(settings.HOME) / archives.SECRET
    if target.exists():
        moves.move(target, target.with_name(f"{target.name}.before-{places.mark}"))
    moves.move(places.secret, target)


def _remove_new(places: Places) -> None:
    """What was not moved; never what was there before."""
    for path in (places.files / "new", places.database, places.secret):
        _remove(path)
    if places.files.is_dir() and not any(places.files.iterdir()):
        places.files.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
