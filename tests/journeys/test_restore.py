"""A backup made while others post becomes, in an empty home, a book that proves itself; nothing else is touched."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from jiangong.config import cli
from tests.example import BESIDE_THE_BOOK, environment, jiangong

SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
pytestmark = pytest.mark.slow


class House:
    """A home and its database, on which commands run."""

    def __init__(self, home: Path, database: str = "") -> None:
        self.home = home
        self.settings = {"DATABASE_URL": database} if database else {}

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return jiangong(self.home, *arguments, **self.settings, **settings)

    def booking(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.journeys.booking", *arguments]
        variables = {**environment(self.home), **self.settings, "PYTHONPATH": "."}
        return subprocess.Popen(
            command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def figures(self, *arguments: str) -> str:
        printed = self.run("figures", "--json", *arguments)
        assert printed.returncode == 0, printed.stderr
        return printed.stdout


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[tuple[House, House]]:
    """Two empty ones: SQLite, or two new databases beside the tests' PostgreSQL one."""
    homes = tmp_path / "first", tmp_path / "second"
    if not ON_POSTGRESQL:
        yield House(homes[0]), House(homes[1])
        return
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not on the PATH")
    names = [f"scratch_{uuid4().hex[:12]}" for _home in homes]
    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name}")
    first, second = (SERVER.rsplit("/", 1)[0] + f"/{name}" for name in names)
    yield House(homes[0], first), House(homes[1], second)
    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def backup(loaded_example: Path, tmp_path: Path) -> Path:
    path = tmp_path / "house.tar"
    kept = jiangong(loaded_example, "backup", str(path))
    assert kept.returncode == 0, kept.stderr
    return path


def everything(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def refused(answer: subprocess.CompletedProcess[str], said: str) -> None:
    assert answer.returncode == cli.REFUSED, answer.stdout + answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_a_backup_while_others_post_is_whole_in_an_empty_home(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, second = houses
    prepared = first.booking("prepare", "5")
    prepared.communicate(timeout=120)
    poster = first.booking("book", "5")
    path = tmp_path / "house.tar"
    try:
        assert poster.stdout
        assert poster.stdout.readline() == "ready\n"
        first.figures()  # so that a few are posted before
        kept = first.run("backup", str(path), "--json")
        assert poster.poll() is None
    finally:
        poster.kill()
        poster.communicate(timeout=10)
    assert kept.returncode == 0, kept.stdout + kept.stderr
    (book,) = json.loads(kept.stdout)["books"]
    restored = second.run("restore", str(path), "--json")
    assert restored.returncode == 0, restored.stdout + restored.stderr
    proof = json.loads(restored.stdout)
    assert proof["agrees"] is True
    assert proof["postings"] == book["position"] > 0
    then = ("--as-of", str(book["position"]), "--since", "2020-01-01", "--until", "2020-01-31")
    assert second.figures(*then) == first.figures(*then)
    assert second.run("verify").returncode == 0


def test_a_house_goes_on_after_it_was_restored_in_its_place(
    houses: tuple[House, House], tmp_path: Path
) -> None:
    first, _second = houses
    first.booking("prepare", "2").communicate(timeout=120)
    path = tmp_path / "house.tar"
    assert first.run("backup", str(path)).returncode == 0
    first.booking("confirm", "one").communicate(timeout=120)
    assert json.loads(first.run("verify", "--json").stdout)["postings"] == 2
    refused(first.run("restore", str(path)), "--replace")
    refused(first.run("restore", str(path), "--replace"), "市总工会")
    again = first.run("restore", str(path), "--replace", "--yes", "--json")
    assert again.returncode == 0, again.stdout + again.stderr
    assert json.loads(again.stdout)["postings"] == 0
    first.booking("confirm", "one").communicate(timeout=120)
    assert json.loads(first.run("verify", "--json").stdout)["postings"] == 2
    assert sorted(entry.name for entry in (first.home / "files").iterdir()) == ["evidence"]
    assert first.run("backup", str(path)).returncode == 0


def test_figures_and_sign_ins_are_those_of_the_first_house(
    loaded_example: Path, backup: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    assert jiangong(home, "restore", str(backup)).returncode == 0
    assert jiangong(home, "figures", "--json").stdout == jiangong(loaded_example, "figures", "--json").stdout
    assert (home / "secret.key").read_text() != (loaded_example / "secret.key").read_text()
    assert sorted(path.name for path in home.iterdir()) == ["files", "jiangong.sqlite3", "secret.key"]


def test_the_secret_comes_along_when_it_was_asked_for(loaded_example: Path, tmp_path: Path) -> None:
    path, home = tmp_path / "house.tar", tmp_path / "home"
    assert jiangong(loaded_example, "backup", str(path), "--with-secret").returncode == 0
    assert jiangong(home, "restore", str(path)).returncode == 0
    assert (home / "secret.key").read_text() == (loaded_example / "secret.key").read_text()
    assert (home / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("replace", [(), ("--replace", "--yes")])
@pytest.mark.parametrize("damage", ["cut", "byte", "letter", "nothing"])
def test_a_torn_archive_changes_nothing(
    backup: Path, example_home: Path, damage: str, replace: tuple[str, ...]
) -> None:
    whole = bytearray(backup.read_bytes())
    whole[len(whole) // 2] ^= 1
    damaged: dict[str, bytes | bytearray] = {
        "cut": whole[: len(whole) // 3],
        "byte": whole,
        "letter": b"a letter " * 99,
        "nothing": b"",
    }
    backup.write_bytes(damaged[damage])
    before = everything(example_home)
    refused(jiangong(example_home, "restore", str(backup), *replace), "house.tar")
    assert everything(example_home) == before


@pytest.mark.parametrize("damage", ["cut", "letter"])
def test_a_torn_archive_leaves_an_empty_home_empty(backup: Path, tmp_path: Path, damage: str) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 3] if damage == "cut" else b"a letter " * 99)
    home = tmp_path / "new"
    refused(jiangong(home, "restore", str(backup)), "house.tar")
    assert not home.exists() or not list(home.rglob("*"))


def test_an_archive_that_is_not_there_is_named(tmp_path: Path) -> None:
    refused(jiangong(tmp_path / "home", "restore", str(tmp_path / "none.tar")), "none.tar")
    refused(jiangong(tmp_path / "home", "restore", str(tmp_path)), str(tmp_path))


def test_a_home_with_a_book_is_not_overwritten(backup: Path, example_home: Path) -> None:
    before = everything(example_home)
    refused(jiangong(example_home, "restore", str(backup)), "--replace")
    assert everything(example_home) == before


def test_a_damaged_database_is_replaced(backup: Path, example_home: Path) -> None:
    database = example_home / "jiangong.sqlite3"
    database.write_bytes(database.read_bytes()[:4096] + b"\xaa" * 100_000)
    refused(jiangong(example_home, "restore", str(backup)), "--replace")
    assert jiangong(example_home, "restore", str(backup), "--replace", "--yes").returncode == 0


def test_what_is_still_used_is_not_replaced(backup: Path, example_home: Path) -> None:
    with closing(sqlite3.connect(example_home / "jiangong.sqlite3")) as other:
        other.execute("SELECT count(*) FROM ledger_posting").fetchall()
        refused(jiangong(example_home, "restore", str(backup), "--replace", "--yes"), "jiangong serve")
    assert jiangong(example_home, "verify").returncode == 0


def test_a_newer_backup_is_refused(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its migrations are not all known to this program."""
    rebuilt(backup, migrations=[["ledger", "9999_tomorrow"]])
    refused(jiangong(tmp_path / "home", "restore", str(backup)), "house.tar")
    assert not (tmp_path / "home" / "jiangong.sqlite3").exists()


def test_a_backup_of_the_other_kind_of_database_is_refused(backup: Path, tmp_path: Path) -> None:
    rebuilt(backup, vendor="postgresql")
    refused(jiangong(tmp_path / "home", "restore", str(backup)), "postgresql")


def test_what_does_not_prove_itself_keeps_what_was_there_before(
    example_home: Path, loaded_example: Path, tmp_path: Path
) -> None:
    """A backup of a house whose evidence is damaged: 1, and the old book is still there to go back to."""
    path, other = tmp_path / "house.tar", tmp_path / "other"
    next((example_home / "files" / "evidence").rglob("*/*/*")).unlink()
    assert jiangong(example_home, "backup", str(path)).returncode == cli.DISAGREES
    shutil.copytree(loaded_example, other, ignore=BESIDE_THE_BOOK)
    answer = jiangong(other, "restore", str(path), "--replace", "--yes")
    assert answer.returncode == cli.DISAGREES
    assert str(other) in answer.stdout
    assert [file for file in other.iterdir() if ".before-" in file.name]
    assert list((other / "files").glob(".restore-*/before/evidence"))


def rebuilt(path: Path, **changes: object) -> None:
    """The same archive with another manifest, its list in order."""
    from jiangong.config.backups import archives

    with tarfile.open(path) as old, archives.writing(path, at=0) as new:
        for info in old:
            content = old.extractfile(info)
            assert content
            if info.name == archives.MANIFEST:
                manifest = json.loads(content.read())
                new.add_manifest(archives.Manifest(**{**manifest, **changes}))
            elif info.name != archives.LISTING:
                new.add(info.name, content, size=info.size)
