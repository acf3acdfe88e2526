"""What `jiangong serve` starts ends with it, and one home is served once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.example import environment, jiangong
from tests.journeys.test_serve import Server, free_port, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.embedded]


def start(server: Server) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "jiangong.config", "serve", "--port", str(server.port)]
    running = subprocess.Popen(command, env=environment(server.home), start_new_session=True)
    wait_for(server)
    return running


def left_of(session: int) -> list[int]:
    """The processes that still live of what one start has started, zombies aside."""
    shown = subprocess.run(["ps", "-eo", "pid=,sess=,stat="], capture_output=True, text=True, check=True)
    rows = [row.split() for row in shown.stdout.splitlines()]
    return [int(pid) for pid, of, state in rows if int(of) == session and not state.startswith("Z")]


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture
def made(tmp_path: Path) -> Server:
    assert jiangong(tmp_path, "init").returncode == 0
    return Server(tmp_path, free_port())


def test_killed_it_leaves_no_process_and_starts_again_at_once(made: Server) -> None:
    first = start(made)
    wait_until(lambda: len(left_of(first.pid)) >= 5, seconds=30)  # itself, the web's three, the jobs' worker
    first.kill()
    first.wait(timeout=10)
    second = start(made)
    try:
        wait_until(lambda: left_of(first.pid) == [], seconds=10)
        wait_for(made)  # what answered before may have been the first one's
    finally:
        second.terminate()
        assert second.wait(timeout=30) == 0
    wait_until(lambda: left_of(second.pid) == [], seconds=10)


def test_web_processes_end_when_the_one_that_looks_after_them_is_killed(made: Server) -> None:
    running = start(made)
    shown = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parent_of = {int(pid): int(parent) for pid, parent in (row.split() for row in shown.stdout.splitlines())}
    web = next(found for found in parent_of.values() if parent_of.get(found) == running.pid)
    os.kill(web, signal.SIGKILL)
    assert running.wait(timeout=30) != 0
    wait_until(lambda: left_of(running.pid) == [], seconds=10)


def test_a_home_is_served_once(made: Server) -> None:
    running = start(made)
    try:
        second = jiangong(made.home, "serve", "--port", str(free_port()))
        assert second.returncode == 3
        assert f"http://127.0.0.1:{made.port}/" in second.stderr
        assert str(running.pid) in second.stderr
        assert len(second.stderr.strip().splitlines()) == 1
        assert made.status() == 200
    finally:
        running.terminate()
        assert running.wait(timeout=30) == 0
