"""The web server as it is started: alone on its port, and not to be frozen by a few slow callers."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.example import environment, jiangong

WORKERS, STALLED = 2, 6
STALLING = (
    b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=abcdefghijklmnopqrstuvwxyz012345\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nusername="
)
pytestmark = [pytest.mark.slow, pytest.mark.embedded]


@dataclass(frozen=True)
class Server:
    home: Path
    port: int

    def status(self, address: str = "/sign-in/") -> int:
        """Of a page that is asked for in the usual way; 0 when nothing comes."""
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            web.request("GET", address, headers={"Host": "localhost"})
            return web.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            web.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path, free_port())
    assert jiangong(found.home, "init").returncode == 0
    command = [sys.executable, "-m", "jiangong.config", "serve", "--without-worker"]
    options = ["--port", str(found.port), "--workers", str(WORKERS)]
    with subprocess.Popen([*command, *options], env=environment(found.home)) as running:
        try:
            wait_for(found)
            yield found
        finally:
            running.terminate()
            assert running.wait(timeout=30) == 0


def wait_for(server: Server) -> None:
    until = time.monotonic() + 30
    while server.status() != 200:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_taken_port_is_refused(server: Server) -> None:
    """Two servers on one port would get half of the requests each, unnoticed."""
    second = jiangong(server.home, "serve", "--port", str(server.port))
    assert second.returncode == 3
    assert f"http://127.0.0.1:{server.port}/" in second.stderr
    assert second.stdout == ""
    assert server.status() == 200


def test_callers_who_stall_do_not_freeze_the_house(server: Server) -> None:
    """More than there are processes; they send a part of a form and then nothing."""
    with ExitStack() as held:
        for _ in range(STALLED):
            caller = held.enter_context(
                contextlib.closing(socket.create_connection(("127.0.0.1", server.port)))
            )
            caller.sendall(STALLING)
        time.sleep(0.5)
        assert [server.status() for _ in range(10)] == [200] * 10


def test_a_nul_in_an_address_is_refused(server: Server) -> None:
    assert [server.status(address) for address in ("/%00", "/?q=%00")] == [400, 400]
