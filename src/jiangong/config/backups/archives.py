"""The archive: an uncompressed tar. Its manifest says what it is of; its last member lists digest, size and name of
every other, in their order. Reading and writing stream, and need no more memory for more files."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.shared.errors import DomainError

FORMAT = 1
MANIFEST, LISTING, SECRET = "manifest.json", "members.txt", "secret.key"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files/"
KNOWN = frozenset({MANIFEST, LISTING, SECRET, *DATABASES.values()})
STORED = re.compile(r"files(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")
CHUNK = 1024 * 1024
Tick = Callable[[int], object]


class NotAnArchive(DomainError):
    code = "not_an_archive"
    message = gettext_lazy("%(path)s is no backup of Jiangong. Name a file that `jiangong backup` wrote.")


class ArchiveTorn(DomainError):
    code = "archive_torn"
    message = gettext_lazy("%(path)s is torn: %(what)s. Nothing was restored; take another backup.")


class ArchiveStrays(DomainError):
    code = "archive_strays"
    message = gettext_lazy(
        "%(path)s holds %(name)s, which no backup does: it could be written outside the home. Nothing was "
        "restored; take another backup."
    )


class NotWritten(DomainError):
    code = "backup_not_written"
    message = gettext_lazy(
        "%(path)s cannot be written (%(reason)s), so there is no backup. Make room, or name another file."
    )


class NotRead(DomainError):
    code = "backup_not_read"
    message = gettext_lazy("%(path)s cannot be read (%(reason)s).")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive is of: which program made it, from which database, as its books stood."""

    format: int
    program: str
    vendor: str
    made_at: str
    federation: str
    books: list[dict[str, Any]]
    audit_events: int
    migrations: list[list[str]]
    files: int
    missing: int


class Writer:
    """Adds members one after another; the digest is taken beside the writing, on another core where there is one."""

    def __init__(
        self, target: IO[bytes], listing: IO[bytes], hashing: ThreadPoolExecutor, *, at: float
    ) -> None:
        self._target, self._listing, self._hashing, self._at = target, listing, hashing, at

    def add(self, name: str, content: IO[bytes], *, size: int, tick: Tick = lambda _done: None) -> str:
        """The digest of what was written."""
        self._head(name, size)
        digest, left = hashlib.sha256(), size
        hashed: Future[None] | None = None
        while left:
            chunk = content.read(min(CHUNK, left))
            if not chunk:
                raise NotRead(path=name, reason=_("it became shorter meanwhile"))
            if hashed:
                hashed.result()  # no more than two pieces in memory
            hashed = self._hashing.submit(digest.update, chunk)
            self._target.write(chunk)
            left -= len(chunk)
            tick(len(chunk))
        if hashed:
            hashed.result()
        self._target.write(b"\0" * (-size % tarfile.BLOCKSIZE))
        self._listing.write(_line(digest.hexdigest(), size, name))
        return digest.hexdigest()

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, io.BytesIO(content), size=len(content))

    def add_manifest(self, manifest: Manifest) -> None:
        content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self.add_bytes(MANIFEST, content.encode())

    def finish(self) -> None:
        size = self._listing.tell()
        self._listing.seek(0)
        self._head(LISTING, size)
        while chunk := self._listing.read(CHUNK):
            self._target.write(chunk)
        self._target.write(b"\0" * (-size % tarfile.BLOCKSIZE + 2 * tarfile.BLOCKSIZE))

    def _head(self, name: str, size: int) -> None:
        head = tarfile.TarInfo(name)
        head.size, head.mode, head.mtime = size, 0o640, int(self._at)
        self._target.write(head.tobuf(tarfile.PAX_FORMAT))


@contextmanager
def writing(path: Path, *, at: float) -> Iterator[Writer]:
    """An archive that is written aside and moved into place whole; when anything fails, none is left."""
    draft = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with ExitStack() as open_:
            hashing = open_.enter_context(ThreadPoolExecutor(1))
            listing = open_.enter_context(tempfile.TemporaryFile())
            target = open_.enter_context(draft.open("xb"))
            draft.chmod(0o600)
            writer = Writer(target, listing, hashing, at=at)
            yield writer
            writer.finish()
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Member:
    """One member while it is read; whatever is wrong with it is a refusal that names it."""

    archive: Path
    name: str
    size: int
    content: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        with _refusing(self.archive, self.name):
            while piece := self.content.read(CHUNK):
                yield piece

    def lines(self) -> Iterator[bytes]:
        with _refusing(self.archive, self.name):
            yield from self.content


def proved(path: Path, *, tick: Tick = lambda _done: None) -> Manifest:
    """What the archive is of, once every member was read and agrees with the list at the end."""
    manifest = b""
    with tempfile.TemporaryFile() as seen:
        for member in _members(path):
            if member.name == LISTING:
                seen.seek(0)
                _compare(path, member.lines(), seen)
                return _manifest(path, manifest)
            digest = hashlib.sha256()
            for piece in member.pieces():
                digest.update(piece)
                manifest += piece if member.name == MANIFEST else b""
                tick(len(piece))
            seen.write(_line(digest.hexdigest(), member.size, member.name))
    raise ArchiveTorn(path=path, what=_("its end is missing, or something in it was changed"))


def extract(path: Path, *, place: Callable[[str], Path | None], tick: Tick = lambda _done: None) -> None:
    """Write each member to the place that is given for it; where none is, it is left out."""
    for member in _members(path):
        target = place(member.name)
        if target is None:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            target.chmod(0o600 if member.name == SECRET else 0o640)
            for piece in member.pieces():
                file.write(piece)
                tick(len(piece))
    os.sync()


def _members(path: Path) -> Iterator[_Member]:
    """Each member in its order. Refuses any that no backup holds."""
    with _opened(path) as archive:
        last = ""
        while member := _next(archive, path, after=last):
            last = member.name
            if not member.isreg() or not (last in KNOWN or STORED.fullmatch(last)):
                raise ArchiveStrays(path=path, name=ascii(last))
            content = archive.extractfile(member)
            assert content is not None  # noqa: S101
            yield _Member(path, last, member.size, content)
            archive.members.clear()  # type: ignore[attr-defined]  # else it remembers every one


def _opened(path: Path) -> tarfile.TarFile:
    with _refusing(path):
        return tarfile.open(path, "r:")


def _next(archive: tarfile.TarFile, path: Path, *, after: str) -> tarfile.TarInfo | None:
    with _refusing(path, after):
        return archive.next()


@contextmanager
def _refusing(path: Path, name: str = "") -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        if name:
            raise ArchiveTorn(path=path, what=_("%(name)s is cut off") % {"name": name}) from error
        raise NotAnArchive(path=path) from error
    except OSError as error:
        raise NotRead(path=path, reason=error.strerror) from error


def _compare(path: Path, listed: Iterable[bytes], seen: Iterable[bytes]) -> None:
    """The list at the end and what was read: the first line in which they differ says what is torn."""
    for should, have in zip_longest(listed, seen, fillvalue=b""):
        if should == have:
            continue
        named = {"name": _name(should or have)}
        if should and not should.endswith(b"\n"):
            what = _("%(name)s is cut off") % {"name": LISTING}
        elif should and _name(should) == _name(have):
            what = _("%(name)s was changed") % named
        else:
            what = (_("%(name)s is missing") if should else _("%(name)s is not in its list")) % named
        raise ArchiveTorn(path=path, what=what)


def _line(digest: str, size: int, name: str) -> bytes:
    return f"{digest} {size} {name}\n".encode()


def _name(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\n").rpartition(" ")[2]


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        return Manifest(**json.loads(content))
    except (ValueError, TypeError) as error:
        raise NotAnArchive(path=path) from error
