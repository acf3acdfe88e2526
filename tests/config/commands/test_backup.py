"""One archive of the house, written whole or not at all; a torn one is refused before anything is written."""

from __future__ import annotations

import errno
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from jiangong.config import cli
from jiangong.config.backups import archives
from jiangong.config.backups.archives import ArchiveStrays, ArchiveTorn, Manifest, NotAnArchive, Writer
from tests.example import environment, jiangong

MANIFEST = Manifest(archives.FORMAT, "0.1.0", "sqlite", "2020-05-04", "高邮市总工会", [], 0, [], 2, 0)
FIRST, SECOND = "files/evidence/aa/bb/first", "files/evidence/cc/dd/second"
CONTENT = {"database.sqlite3": b"rows" * 3000, FIRST: b"photo" * 500, SECOND: b"", "manifest.json": b""}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "house.tar"
    write(path, CONTENT)
    return path


def write(path: Path, members: dict[str, bytes]) -> None:
    with archives.writing(path, at=0) as writer:
        for name, content in members.items():
            if name == archives.MANIFEST:
                writer.add_manifest(MANIFEST)
            else:
                writer.add_bytes(name, content)


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> None:
    """The same archive with each member changed, renamed or left out."""
    with tarfile.open(path) as old:
        members = [(info.name, content(old, info)) for info in old]
    with tarfile.open(path, "w") as new:
        for pair in members:
            changed = change(*pair)
            if changed:
                info = tarfile.TarInfo(changed[0])
                info.size = len(changed[1])
                new.addfile(info, io.BytesIO(changed[1]))


def content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(info)
    assert stream
    return stream.read()


def test_a_whole_archive_says_what_it_is_of(archive: Path, tmp_path: Path) -> None:
    assert archives.proved(archive) == MANIFEST
    archives.extract(archive, place=lambda name: tmp_path / "out" / name)
    assert (tmp_path / "out" / FIRST).read_bytes() == CONTENT[FIRST]
    assert (tmp_path / "out" / SECOND).read_bytes() == b""


def test_any_program_reads_it(archive: Path) -> None:
    with tarfile.open(archive) as plain:
        assert plain.getnames() == [*CONTENT, archives.LISTING]


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_cut_archive_is_torn(archive: Path, share: float) -> None:
    os.truncate(archive, int(archive.stat().st_size * share))
    with pytest.raises(ArchiveTorn, match="完整"):
        archives.proved(archive)


@pytest.mark.parametrize(
    "place,named",
    [(700, "database.sqlite3"), (10, "结尾"), (512 + 12288 + 10, "结尾"), (512 * 2 + 12288 + 5, FIRST)],
)
def test_a_changed_byte_is_found(archive: Path, place: int, named: str) -> None:
    damaged = bytearray(archive.read_bytes())
    damaged[place] ^= 1
    archive.write_bytes(damaged)
    with pytest.raises((ArchiveTorn, NotAnArchive)) as refused:
        archives.proved(archive)
    assert named in str(refused.value) or place < 512


@pytest.mark.parametrize(
    "change,named",
    [
        (lambda name, data: None if name == FIRST else (name, data), f"{FIRST} 缺失"),
        (lambda name, data: None if name == archives.MANIFEST else (name, data), "manifest.json 缺失"),
        (lambda name, data: None if name == archives.LISTING else (name, data), "结尾缺失"),
        (lambda name, data: (name, data[:-1] if name == FIRST else data), f"{FIRST} 被改动"),
        (lambda name, data: (name.replace("first", "other"), data), f"{FIRST} 缺失"),
        (lambda name, data: (name, data[:90] if name == archives.LISTING else data), "members.txt 被截断"),
        (lambda name, data: (name, data[:0] if name == archives.LISTING else data), "不在清单中"),
    ],
)
def test_what_is_torn_is_named(archive: Path, change: Any, named: str) -> None:
    rewritten(archive, change)
    with pytest.raises(ArchiveTorn) as refused:
        archives.proved(archive)
    assert named in str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.key",
        "/etc/passwd",
        "files/../../x",
        "files//x",
        "files/./x",
        "files/.hidden",
        "other",
        "x\ny",
    ],
)
def test_nothing_is_written_outside_the_home(tmp_path: Path, name: str) -> None:
    write(tmp_path / "odd.tar", {name: b"x", archives.MANIFEST: b""})
    with pytest.raises(ArchiveStrays):
        archives.proved(tmp_path / "odd.tar")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_a_link_is_no_file(tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "odd.tar", "w") as odd:
        link = tarfile.TarInfo(FIRST)
        link.type, link.linkname = kind, "/etc/passwd"
        odd.addfile(link)
    with pytest.raises(ArchiveStrays):
        archives.proved(tmp_path / "odd.tar")


@pytest.mark.parametrize("written", [b"", b"a letter " * 500, b"PK\x03\x04" + b"\0" * 5000, b"\0" * 10240])
def test_what_is_no_archive_is_refused(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "letter").write_bytes(written)
    with pytest.raises((NotAnArchive, ArchiveTorn)):
        archives.proved(tmp_path / "letter")


def test_a_full_disk_leaves_no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_writer: Writer, _name: str, _content: IO[bytes], **_more: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Writer, "add", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "house.tar", CONTENT)
    assert list(tmp_path.iterdir()) == []


def test_an_older_backup_stays_when_the_next_one_fails(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = archive.read_bytes()
    monkeypatch.setattr(Writer, "finish", lambda _writer: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(archive, CONTENT)
    assert archive.read_bytes() == before
    assert list(archive.parent.iterdir()) == [archive]


def limited(megabytes: int) -> Callable[[], None]:
    """Files of this process may grow so large: what a full disk does, without one."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * 1024**2, megabytes * 1024**2))

    return limit


@pytest.mark.parametrize("megabytes", [1, 10])
def test_the_command_says_that_there_is_no_room(loaded_example: Path, tmp_path: Path, megabytes: int) -> None:
    """At 1 MB while the database is copied, at 10 MB among the files."""
    answer = subprocess.run(
        [sys.executable, "-m", "jiangong.config", "backup", str(tmp_path / "house.tar")],
        env=environment(loaded_example),
        preexec_fn=limited(megabytes),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert answer.returncode == cli.REFUSED, answer.stderr
    assert "house.tar" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_what_was_kept(loaded_example: Path, tmp_path: Path) -> None:
    path = tmp_path / "house.tar"
    told = json.loads(jiangong(loaded_example, "backup", str(path), "--json").stdout)
    assert (told["bytes"], told["faults"]) == (path.stat().st_size, [])
    assert told["books"][0]["position"] > 300
    with tarfile.open(path) as archive:
        names = archive.getnames()
    assert len([name for name in names if name.startswith("files/evidence/")]) == told["files"]
    assert archives.SECRET not in names
    assert not [name for name in names if "renditions" in name]
    assert path.stat().st_mode & 0o777 == 0o600


def test_evidence_that_is_gone_or_changed_is_named(example_home: Path, tmp_path: Path) -> None:
    first, second, *_rest = sorted((example_home / "files" / "evidence").rglob("*/*/*"))
    first.unlink()
    second.unlink()
    second.write_bytes(b"another photo")
    answer = jiangong(example_home, "backup", str(tmp_path / "house.tar"), "--json")
    assert answer.returncode == cli.DISAGREES
    told = json.loads(answer.stdout)["faults"]
    assert [name in sentence for name, sentence in zip((first.name, second.name), told, strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("target", [".", "no-such-folder/house.tar"])
def test_a_place_that_cannot_be_written_to_is_named(
    loaded_example: Path, tmp_path: Path, target: str
) -> None:
    answer = jiangong(loaded_example, "backup", str(tmp_path / target))
    assert answer.returncode == cli.REFUSED
    assert str(tmp_path) in answer.stderr
    assert "Traceback" not in answer.stderr


def test_without_a_database_there_is_nothing_to_keep(tmp_path: Path) -> None:
    answer = jiangong(tmp_path / "home", "backup", str(tmp_path / "house.tar"))
    assert answer.returncode == cli.REFUSED, answer.stderr
    assert "jiangong init" in answer.stderr
    assert not (tmp_path / "house.tar").exists()
