"""A real server on a copy of the example, and a real browser in front of it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

from jiangong.config.example.places import PASSWORD
from tests.browsers import require_chromium
from tests.example import environment

PHONE = (360, 740)
DESK = (1440, 900)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    address: str
    home: Path


@pytest.fixture
def site(example_home: Path) -> Iterator[Site]:
    """`jiangong serve` on a free loopback port; ended by its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"  # a name, since passkeys are made for names
    log = (example_home / "serve.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "jiangong.config", "serve", "--port", str(port), "--workers", "1"],
        env={**environment(example_home), "JIANGONG_BASE_URL": address},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(address)
        yield Site(address, example_home)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the server did not answer within 30 seconds")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=require_chromium(), args=FLAGS)
    yield chromium
    chromium.close()


def is_complaint(said: ConsoleMessage) -> bool:
    """A form that comes back with its errors is an answer like any other."""
    return said.type == "error" and "status of 422" not in said.text


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Signs somebody in and gives their page; complaints of the browser's console fail the test."""
    complaints: list[str] = []
    contexts = []

    def open_for(name: str = "", *, size: tuple[int, int] = DESK) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", base_url=site.address
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if name:
            page.goto("/sign-in/")
            page.fill("input[name=username]", name)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(f"{site.address}/")
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert not complaints


def confirm(reviewer: Page, title: str) -> None:
    """The record of that title, out of the queue, by the keyboard."""
    reviewer.goto("/queue/")
    reviewer.get_by_role("link", name=title).first.click()
    expect(reviewer.get_by_role("heading", name=title)).to_be_visible()
    reviewer.keyboard.press("c")
    expect(reviewer.get_by_role("heading", name=title)).to_have_count(0)
