"""`jiangong serve` on the example's database: time to the first page, memory of the web processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from bench.common import heading, line, resident_mb, start


def main() -> None:
    start()
    from bench.book import AT, SINCE
    from jiangong.config.commands.init import open_books
    from jiangong.ground.organization import operations as organization
    from jiangong.ground.shared.actors import SystemActor

    heading("jiangong serve")
    root = organization.found_federation(actor=SystemActor(), code="F", name="某市总工会", since=SINCE, at=AT)
    open_books(federation=root)
    port = _free_port()
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "jiangong.config", "serve", "--port", str(port)], start_new_session=True
    )
    try:
        _first_page(f"http://127.0.0.1:{port}/")
        line("start to the first page", f"{time.perf_counter() - begun:.1f} s", "≤ 3 s")
        for _ in range(200):
            _first_page(f"http://127.0.0.1:{port}/")
        children = [pid for pid in _descendants(server.pid) if "granian" in _command(pid)]
        memory = [resident_mb(pid) for pid in children]
        line("largest web process after 200 pages", f"{max(memory):.0f} MB", "≤ 200 MB")
    finally:
        os.kill(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import django; django.setup()"], check=True)
    line("baseline: Python and Django with all apps, no server", f"{time.perf_counter() - bare:.1f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_page(address: str) -> None:
    for _ in range(400):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    message = "the server did not answer"
    raise RuntimeError(message)


def _descendants(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:  # noqa: PTH123
        children = [int(child) for child in file.read().split()]
    return [*children, *(grandchild for child in children for grandchild in _descendants(child))]


def _command(pid: int) -> str:
    with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
        return file.read().replace(b"\0", b" ").decode()


if __name__ == "__main__":
    main()
