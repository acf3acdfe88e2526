"""Typed readers for settings. An odd value stops the start with a sentence that says what to set."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]


class SettingError(SystemExit):
    """Stops the start. The sentence names the variable and says what to set."""

    def __init__(self, name: str, want: str) -> None:
        super().__init__(f"{name}: {want}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


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
        if len(given) < 40:
            raise SettingError("JIANGONG_SECRET_KEY", "set at least 40 characters")
        return given
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        draft.rename(path)
    return path.read_text().strip()


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL: sqlite:///path or postgres://user:password@host:port/name; default a file in the home folder."""
    url = text("DATABASE_URL", f"sqlite:///{folder / 'jiangong.sqlite3'}")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(url.removeprefix("sqlite:///")))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise SettingError("DATABASE_URL", "set sqlite:///PATH or postgres://USER:PASSWORD@HOST:PORT/NAME")


def _sqlite(path: str) -> dict[str, Any]:
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }
