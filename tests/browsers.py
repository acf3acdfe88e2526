"""Where the browser for browser tests is, and what its absence means."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def chromium_path() -> Path | None:
    """`JIANGONG_CHROMIUM`, else the first Chromium on the search path, else one that Playwright brought."""
    given = os.environ.get("JIANGONG_CHROMIUM", "")
    found = given or next(filter(None, map(shutil.which, NAMES)), "")
    if found:
        return Path(found)
    return next(iter(sorted(_playwright_folder().glob("chromium-*/chrome-linux*/chrome"))), None)


def require_chromium() -> Path:
    """The browser. Without one a test is skipped, and says why; in CI it fails."""
    path = chromium_path()
    if path is not None:
        return path
    reason = "no Chromium here: `apt install chromium`, or name one in JIANGONG_CHROMIUM"
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _playwright_folder() -> Path:
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    return Path(given) if given else Path("~/.cache/ms-playwright").expanduser()
