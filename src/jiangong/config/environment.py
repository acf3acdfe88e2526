"""Typed readers for settings. An odd value stops the start with a sentence that says what to set."""

from __future__ import annotations

import gettext
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation.trans_null import gettext_noop as _

from jiangong.ground.shared.actors import Role

CHECKOUT = Path(__file__).resolve().parents[3]
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SQLITE_CACHE_KB = 64_000  # of a process; shared out among its threads, each of which has its own

KEY_LENGTH = 40
KEY_DAMAGED = _(
    "This is no whole secret key. Put back the copy that you keep; only if there is none, delete the file, and a "
    "new key is made that signs everybody out."
)


class SettingError(SystemExit):
    """Stops the start. The sentence names the variable and says what to set."""

    def __init__(self, name: str, want: str) -> None:
        super().__init__(f"{name}: {want}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def one_of(name: str, default: str, *, choices: str) -> str:
    value = text(name, default).upper()
    if value not in choices.split():
        raise SettingError(name, f"set one of {choices}")
    return value


def address(name: str, default: str) -> str:
    """Where browsers find the pages: scheme and host, no path."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.path or parts.query or parts.fragment:
        raise SettingError(name, "set an address such as https://jiangong.example.cn, without a path")
    return value


def link(name: str, default: str) -> str:
    """An address with a path, over HTTPS, or on this machine."""
    value = text(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        sound = is_safe and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if value and (not sound or parts.query or parts.fragment):
        raise SettingError(name, "set an address such as https://login.example.org/realms/city")
    return value


def with_each_other(**values: str) -> None:
    """Settings that are nothing without one another."""
    missing = [name for name, value in values.items() if not value]
    if missing and len(missing) < len(values):
        raise SettingError(missing[0], f"set it too, or none of {', '.join(values)}")


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingError(name, "set the name of a time zone, such as Asia/Shanghai") from error
    return value


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise SettingError(name, "set yes or no")
    return value in {"yes", "1", "true"}


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(name, f"set a whole number from {least} to {most}")
    return int(value)


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def roles(name: str, default: str) -> frozenset[Role]:
    """Names of roles, comma between."""
    given = words(name, default)
    try:
        return frozenset(Role(word) for word in given)
    except ValueError as error:
        known = ", ".join(role.value for role in Role)
        raise SettingError(name, f"set names of roles, comma between: {known}") from error


def home() -> Path:
    """JIANGONG_HOME, else var/ in a checkout, else the user's data folder."""
    given = os.environ.get("JIANGONG_HOME", "").strip()
    if given:
        return Path(given).expanduser().resolve()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return _user_data_folder() / "jiangong"


def _user_data_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share")))


def secret_key(folder: Path) -> str:
    """JIANGONG_SECRET_KEY, else a key made once and kept in the home folder, readable by its owner only."""
    given = os.environ.get("JIANGONG_SECRET_KEY", "")
    if given:
        if len(given) < KEY_LENGTH:
            raise SettingError("JIANGONG_SECRET_KEY", f"set at least {KEY_LENGTH} characters")
        return given
    path = folder / "secret.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes().decode("ascii").strip()
    except UnicodeDecodeError:
        key = ""
    except OSError as error:
        want = f"set a folder that can be written to ({error.strerror}: {error.filename or path})"
        raise SettingError("JIANGONG_HOME", want) from error
    if len(key) < KEY_LENGTH:
        raise SettingError(str(path), _in_both(KEY_DAMAGED))
    return key


def _in_both(message: str) -> str:
    """English and Chinese: which of them is read here is not known before the settings are."""
    folder = Path(__file__).parent / "locale"
    chinese = gettext.translation("django", folder, languages=["zh_Hans"], fallback=True)
    return f"{message} {chinese.gettext(message)}"


def _make_key(path: Path) -> None:
    """Of two processes that start at once, both go on with the key of the first."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(secrets.token_urlsafe(48))
        _place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.replace(path)
    _made_here.add(path)


_made_here: set[Path] = set()


def forget_made_keys() -> None:
    """Take away the key that this very process made, where nothing came of what it was started for."""
    while _made_here:
        _made_here.pop().unlink(missing_ok=True)


def database(folder: Path, *, threads: int = 1) -> dict[str, Any]:
    """DATABASE_URL: sqlite:///path or postgres://user:password@host:port/name; default a file in the home folder."""
    url = text("DATABASE_URL", f"sqlite:///{folder / 'jiangong.sqlite3'}")
    if url.startswith("sqlite:///") and url != "sqlite:///":
        return _sqlite(unquote(url.removeprefix("sqlite:///")), cache_kb=SQLITE_CACHE_KB // threads)
    parts = _server(url)
    if parts is not None:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},  # a third more confirmations
        }
    raise SettingError("DATABASE_URL", "set sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")


def _server(url: str) -> SplitResult | None:
    """The parts of a PostgreSQL address; None where one is odd."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and parts.port != 0
    except ValueError:
        return None
    return parts if sound else None


def _sqlite(path: str, *, cache_kb: int) -> dict[str, Any]:
    pragmas = f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-{cache_kb};"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }
