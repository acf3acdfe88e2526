"""`jiangong serve`: the web processes under Granian, and one worker for jobs."""

from __future__ import annotations

import argparse
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
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
    connection.close()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "jiangong.config.settings"}
    environment.setdefault("JIANGONG_HOME", str(settings.HOME))
    stopping = threading.Event()
    web = subprocess.Popen(_web(options), env=environment)  # noqa: S603
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_args: _stop(stopping, web))
    jobs = None
    if not options.without_worker:
        jobs = threading.Thread(target=_keep_worker, args=(environment, stopping), daemon=True)
        jobs.start()
    say(f"Jiangong listens on http://{options.host}:{options.port}/")
    code = web.wait()
    stopping.set()
    if jobs is not None:
        jobs.join(timeout=10)
    return 0 if code in {0, -signal.SIGTERM, -signal.SIGINT} else code


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


def _keep_worker(environment: dict[str, str], stopping: threading.Event) -> None:
    command = [sys.executable, "-m", "django", "db_worker", "--interval", "2"]
    while not stopping.is_set():
        worker = subprocess.Popen(command, env=environment)  # noqa: S603
        while worker.poll() is None and not stopping.wait(0.5):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait(timeout=10)
        stopping.wait(2)


def _stop(stopping: threading.Event, web: subprocess.Popen[bytes]) -> None:
    stopping.set()
    web.terminate()
