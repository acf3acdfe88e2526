"""`jiangong serve`: the web processes under Granian, and one worker for jobs."""

from __future__ import annotations

import argparse
import contextlib
import errno
import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from jiangong.config import following, orphans
from jiangong.config.commands.common import Branches, say, whole
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError

LOOK_AGAIN = 600
"""Seconds between two looks for jobs that were left behind."""


class NotMigrated(DomainError):
    code = "not_migrated"
    message = _("The database is not made or not up to date. Run `jiangong init` first.")


class PortTaken(DomainError):
    code = "port_taken"
    message = _("Something already listens on %(address)s. Stop it, or name another port with --port.")


class HomeServed(DomainError):
    code = "home_served"
    message = _(
        "%(home)s is served already, on %(address)s by process %(process)s. Stop that one first, or name "
        "another folder in JIANGONG_HOME."
    )


class CannotListen(DomainError):
    code = "cannot_listen"
    message = _(
        "Nothing can listen on %(address)s (%(reason)s). Name an address of this machine with --host, or "
        "another port with --port."
    )


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("serve", help="start the web server and the worker for jobs")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=whole(1, 65535), default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=whole(1, 64), default=2, help="web processes (default 2)")
    parser.add_argument("--without-worker", action="store_true", help="jobs are run by another machine")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Runs until it is told to stop; the jobs' worker is started again when it ends by itself."""
    _require_migrated()
    with _alone_on_home(_shown(options.host, options.port)) as patience:
        held, address = _patiently_reserved(options.host, options.port, patience=patience)
        with held:
            return _serve(options, address)


def _serve(options: argparse.Namespace, address: str) -> int:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "jiangong.config.settings"}
    environment.setdefault("JIANGONG_HOME", str(settings.HOME))
    # What is printed leads to where it listens, unless told otherwise.
    if not ip_address(address).is_unspecified:
        environment.setdefault("JIANGONG_BASE_URL", _shown(options.host, options.port).rstrip("/"))
    web = _start(_web(options, address), environment)
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_args: _stop(stopping, web))
    say(f"Jiangong listens on {_shown(options.host, options.port)}")
    jobs = None
    if not options.without_worker:
        ready = (address, options.port)
        jobs = threading.Thread(target=_keep_worker, args=(environment, ready, stopping), daemon=True)
        jobs.start()
    code = web.wait()
    stopping.set()
    if jobs is not None:
        jobs.join(timeout=10)
    return 0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else code


@contextlib.contextmanager
def _alone_on_home(shown: str) -> Iterator[float]:
    """Holds the home for this start on this machine; gives the seconds that a killed one's processes may still need."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield 0
        return
    path = settings.HOME / f"serving.{socket.gethostname()}"
    with path.open("a+", encoding="utf-8") as note:
        note.seek(0)
        before = note.read().strip()
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            process, _space, address = before.partition(" ")
            raise HomeServed(home=settings.HOME, address=address, process=process) from error
        note.truncate(0)
        note.write(f"{os.getpid()} {shown}\n")
        note.flush()
        yield following.GRACE * 2 if before else 0
        note.truncate(0)


def _patiently_reserved(host: str, port: int, *, patience: float) -> tuple[socket.socket, str]:
    until = time.monotonic() + patience
    while True:
        try:
            return _reserved(host, port)
        except PortTaken:
            if time.monotonic() >= until:
                raise
            time.sleep(0.2)


def _start(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A module that ends when this process does, however that ends."""
    command = [sys.executable, "-m", "jiangong.config.following", *arguments]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)


def _reserved(host: str, port: int) -> tuple[socket.socket, str]:
    """Binds the address for this start alone, then lets its web processes share it; also its number.

    They share a port by SO_REUSEPORT; a second start on it would get half of the requests, and nobody would know.
    """
    try:
        family, kind, *_names, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        held = socket.socket(family, kind)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # the port of a server that just stopped
        held.bind(address)
    except (OSError, UnicodeError) as error:
        raise _not_listening(error, _shown(host, port)) from error
    if sys.platform == "linux":
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    else:
        held.close()
    return held, str(address[0])


def _not_listening(error: OSError | UnicodeError, address: str) -> DomainError:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return PortTaken(address=address)
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return CannotListen(address=address, reason=reason)


def _shown(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _require_migrated() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
    connection.close()


def _web(options: argparse.Namespace, address: str) -> list[str]:
    return [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        address,
        "--port",
        str(options.port),
        "--workers",
        str(options.workers),
        "--blocking-threads",
        str(settings.THREADS),
        "--blocking-threads-idle-timeout",
        "600",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",
        "--no-ws",
        "--log-level",
        "error",  # more threads than cores are meant, and would be warned of at each start
        "jiangong.config.wsgi:application",
    ]


def _keep_worker(environment: dict[str, str], web: tuple[str, int], stopping: threading.Event) -> None:
    """Starts once the first page can be had: people come before jobs."""
    while not stopping.wait(0.2) and not _answers(*web):
        pass
    while not stopping.is_set():
        _give_up_orphans(orphans.own_prefix())
        name = orphans.new_worker_name()
        worker = _start(["django", "db_worker", "--interval", "2", "--worker-id", name], environment)
        _watch(worker, stopping)
        if worker.poll() is None:
            worker.terminate()
            worker.wait(timeout=10)
        stopping.wait(2)


def _watch(worker: subprocess.Popen[bytes], stopping: threading.Event) -> None:
    """Until either ends; meanwhile jobs of workers that others started are looked for now and then."""
    looked = time.monotonic()
    while worker.poll() is None and not stopping.wait(0.5):
        if time.monotonic() - looked > LOOK_AGAIN:
            _give_up_orphans("")
            looked = time.monotonic()


def _give_up_orphans(own: str) -> None:
    """Jobs are run whether or not this can be done now; it is tried again."""
    try:
        orphans.give_up_orphans(own=own, at=clock.now())
    except DatabaseError:
        logging.getLogger(__name__).exception("Jobs that were left behind could not be given up")
    finally:
        connection.close()


def _answers(host: str, port: int) -> bool:
    """Whether a page comes back; the port alone is open before the workers have loaded."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        web = http.client.HTTPConnection(host, port, timeout=5)
        web.request("GET", "/sign-in/", headers={"Host": "localhost"})
        return web.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False


def _stop(stopping: threading.Event, web: subprocess.Popen[bytes]) -> None:
    stopping.set()
    web.terminate()
