"""A setting that is odd stops the start with a sentence that names it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jiangong.config import environment
from jiangong.config.environment import SettingError
from jiangong.ground.shared.actors import Role
from tests.example import environment as variables

Reader = Callable[[], object]


def read(name: str) -> Reader:
    """The reader of a setting, as the settings call it."""
    readers: dict[str, Reader] = {
        "JIANGONG_BASE_URL": lambda: environment.address("JIANGONG_BASE_URL", "http://127.0.0.1:8000"),
        "JIANGONG_TIME_ZONE": lambda: environment.time_zone("JIANGONG_TIME_ZONE", "Asia/Shanghai"),
        "JIANGONG_LOG_LEVEL": lambda: environment.one_of(
            "JIANGONG_LOG_LEVEL", "WARNING", choices="INFO WARNING"
        ),
        "DATABASE_URL": lambda: environment.database(Path("/home/jiangong"))["NAME"],
    }
    return readers[name]


@pytest.mark.parametrize(
    "name,given,value",
    [
        ("JIANGONG_BASE_URL", "", "http://127.0.0.1:8000"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn/", "https://jiangong.example.cn"),
        ("JIANGONG_BASE_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("JIANGONG_TIME_ZONE", "", "Asia/Shanghai"),
        ("JIANGONG_TIME_ZONE", "Asia/Urumqi", "Asia/Urumqi"),
        ("JIANGONG_LOG_LEVEL", "", "WARNING"),
        ("JIANGONG_LOG_LEVEL", "info", "INFO"),
        ("DATABASE_URL", "", "/home/jiangong/jiangong.sqlite3"),
        ("DATABASE_URL", "sqlite:////srv/the%20book.sqlite3", "/srv/the book.sqlite3"),
        ("DATABASE_URL", "sqlite:///book.sqlite3", "book.sqlite3"),
        ("DATABASE_URL", "postgres://clerk:p%40ss@db:5432/jiangong", "jiangong"),
        ("DATABASE_URL", "postgresql:///jiangong", "jiangong"),
    ],
)
def test_a_sound_value_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, given: str, value: str) -> None:
    monkeypatch.setenv(name, given)
    assert read(name)() == value


@pytest.mark.parametrize(
    "name,given",
    [
        ("JIANGONG_BASE_URL", "jiangong.example.cn"),
        ("JIANGONG_BASE_URL", "ftp://jiangong.example.cn"),
        ("JIANGONG_BASE_URL", "https://"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn/desk"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn?desk"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn#desk"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn:99999"),
        ("JIANGONG_BASE_URL", "https://jiangong.example.cn:0"),
        ("JIANGONG_BASE_URL", "https://[::1"),
        ("JIANGONG_TIME_ZONE", "Mars/Olympus"),
        ("JIANGONG_TIME_ZONE", "Asia"),
        ("JIANGONG_TIME_ZONE", "../etc/passwd"),
        ("JIANGONG_LOG_LEVEL", "loud"),
        ("JIANGONG_LOG_LEVEL", "INFO WARNING"),
        ("DATABASE_URL", "jiangong.sqlite3"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:jiangong.sqlite3"),
        ("DATABASE_URL", "sqlite://jiangong.sqlite3"),
        ("DATABASE_URL", "mysql://db/jiangong"),
        ("DATABASE_URL", "postgres://db"),
        ("DATABASE_URL", "postgres://db/"),
        ("DATABASE_URL", "postgres://db:port/jiangong"),
        ("DATABASE_URL", "postgres://db:99999/jiangong"),
        ("DATABASE_URL", "postgres://db:0/jiangong"),
        ("DATABASE_URL", "postgres://[::1/jiangong"),
    ],
)
def test_an_odd_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    monkeypatch.setenv(name, given)
    with pytest.raises(SettingError, match=f"^{name}: set "):
        read(name)()


@pytest.mark.parametrize("name", ["JIANGONG_BASE_URL", "JIANGONG_TIME_ZONE", "JIANGONG_LOG_LEVEL"])
def test_the_house_does_not_start_with_an_odd_value(name: str, tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import jiangong.config.settings"],
        env={**variables(tmp_path), name: "nonsense"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name}: set ")


@pytest.mark.parametrize("threads,cache", [(1, 64_000), (8, 8_000), (64, 1_000)])
def test_the_threads_of_a_process_share_its_cache(
    monkeypatch: pytest.MonkeyPatch, threads: int, cache: int
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    options = environment.database(Path("/home/jiangong"), threads=threads)["OPTIONS"]
    assert f"PRAGMA cache_size=-{cache};" in options["init_command"]


@pytest.fixture
def no_key_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANGONG_SECRET_KEY", raising=False)


def test_a_key_is_made_once_for_its_owner_only(no_key_given: None, tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    key = environment.secret_key(home)
    assert len(key) >= 40
    assert environment.secret_key(home) == key
    (kept,) = home.iterdir()
    assert (kept.name, kept.stat().st_mode & 0o777) == ("secret.key", 0o600)


def test_of_two_starts_at_once_both_go_on_with_the_key_of_the_first(
    no_key_given: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = environment.secret_key(tmp_path)
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert environment.secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_file_system_without_links_keeps_a_key_too(
    no_key_given: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert environment.secret_key(tmp_path) == environment.secret_key(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_home_that_cannot_be_written_to_is_named(no_key_given: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError, match=f"^JIANGONG_HOME: set a folder .*{tmp_path}/file"):
        environment.secret_key(tmp_path / "file" / "home")


def test_a_key_that_cannot_be_read_is_named(no_key_given: None, tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()
    with pytest.raises(SettingError, match=r"^JIANGONG_HOME: set a folder .*secret\.key"):
        environment.secret_key(tmp_path)


def test_roles_are_named_and_an_unknown_one_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGONG_ROLES", "administrator, security")
    assert environment.roles("JIANGONG_ROLES", "") == {Role.ADMINISTRATOR, Role.SECURITY}
    monkeypatch.setenv("JIANGONG_ROLES", "king")
    with pytest.raises(environment.SettingError, match="clerk, reviewer, manager"):
        environment.roles("JIANGONG_ROLES", "")


@pytest.mark.parametrize(
    "odd", ["login.example.org", "http://login.example.org", "ftp://x", "https://x/?y=1", "https://x:0"]
)
def test_a_provider_is_reached_over_https(monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setenv("JIANGONG_LINK", "https://login.example.org/realms/city/")
    assert environment.link("JIANGONG_LINK", "") == "https://login.example.org/realms/city"
    monkeypatch.setenv("JIANGONG_LINK", odd)
    with pytest.raises(SettingError, match="JIANGONG_LINK"):
        environment.link("JIANGONG_LINK", "")


def test_settings_that_need_one_another_are_all_set_or_none() -> None:
    environment.with_each_other(ISSUER="", CLIENT="", SECRET="")
    environment.with_each_other(ISSUER="x", CLIENT="y", SECRET="z")
    with pytest.raises(SettingError, match=r"^SECRET: set it too, or none of ISSUER, CLIENT, SECRET"):
        environment.with_each_other(ISSUER="x", CLIENT="y", SECRET="")
