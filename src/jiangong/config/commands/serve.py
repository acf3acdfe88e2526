"""`jiangong serve`: the web processes under Granian, and one worker for jobs."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import subprocess
import sys
import threading

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from jiangong.config.commands.common import Branches, say
from jiangong.ground.shared.errors import DomainError


class NotMigrated(DomainError):
    code = "not_migrated"
    message = _("The database is not made or not up to date. Run `jiangong init` first.")


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("serve", help="start the web server and the worker for jobs")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
    parser.add_argument("--without-worker", action="store_true", help="jobs are run by another machine")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Runs until it is told to stop; the jobs' worker is started again when it ends by itself."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "jiangong.config.settings"}
    environment.setdefault("JIANGONG_HOME", str(settings.HOME))
    web = subprocess.Popen(_web(options), env=environment)
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_args: _stop(stopping, web))
    try:
        _require_migrated()
    except DomainError:
        _stop(stopping, web)
        web.wait(timeout=10)
        raise
    say(f"Jiangong listens on http://{options.host}:{options.port}/")
    jobs = None
    if not options.without_worker:
        jobs = threading.Thread(target=_keep_worker, args=(environment, options, stopping), daemon=True)
        jobs.start()
    code = web.wait()
    stopping.set()
    if jobs is not None:
        jobs.join(timeout=10)
    return 0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else code


def _require_migrated() -> None:
    """Checked while the web processes already load, so that it costs no time."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
    connection.close()


def _web(options: argparse.Namespace) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        options.host,
        "--port",
        str(options.port),
        "--workers",
        str(options.workers),
        "--blocking-threads",
        "1",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level",
        "warning",
        "jiangong.config.wsgi:application",
    ]


def _keep_worker(environment: dict[str, str], options: argparse.Namespace, stopping: threading.Event) -> None:
    """Starts once the first page can be had: people come before jobs."""
    while not stopping.wait(0.2) and not _answers(options.host, options.port):
        pass
    command = [sys.executable, "-m", "django", "db_worker", "--interval", "2"]
    while not stopping.is_set():
        worker = subprocess.Popen(command, env=environment)
        while worker.poll() is None and not stopping.wait(0.5):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait(timeout=10)
        stopping.wait(2)


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
