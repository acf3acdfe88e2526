"""Jobs whose worker is gone: after `kill -9` or a loss of power nobody would end them, and somebody waits.

A job stands as running from when a worker takes it until it ends; whether that worker still lives stands nowhere. So
`jiangong serve`, alone on its home, names its worker after machine and home: what runs under such a name when it starts
a worker has been left behind. Of workers that others started, a job is given up after an hour.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from jiangong.governance.reports import operations as reports
from jiangong.ground.sheets import operations as sheets

LONGEST = timedelta(hours=1)


class WorkerGone(Exception):
    """What stands as the error of a job that was left behind."""


def _give_up_text(*, uuid: UUID, at: datetime) -> None:
    del at
    reports.give_up_check(uuid=uuid)


GIVE_UP: Mapping[str, Callable[..., None]] = {
    "jiangong.ground.sheets.tasks.check_sheet": sheets.give_up,
    "jiangong.ground.sheets.tasks.apply_sheet": sheets.give_up,
    "jiangong.governance.reports.tasks.check_text": _give_up_text,
}
"""By the job's path. Batches are gone on with by whoever began them."""


def own_prefix() -> str:
    """What the names of all workers that serve this home from this machine begin with."""
    home = sha256(str(settings.HOME).encode()).hexdigest()[:12]
    return f"{socket.gethostname()[:30]}-{home}-"


def new_worker_name() -> str:
    return own_prefix() + token_hex(6)


def give_up_orphans(*, own: str, at: datetime) -> int:
    """Those of workers whose names begin with `own`, none where it is empty, and those that run for too long."""
    left = [job.pk for job in DBTaskResult.objects.running() if _is_left(job, own, at)]
    return sum(_give_up(pk, at) for pk in left)


def _is_left(job: DBTaskResult[Any, Any], own: str, at: datetime) -> bool:
    is_own = bool(own) and bool(job.worker_ids) and str(job.worker_ids[-1]).startswith(own)
    return is_own or job.started_at is None or job.started_at < at - LONGEST


def _give_up(pk: UUID, at: datetime) -> bool:
    with transaction.atomic():
        job = DBTaskResult.objects.running().select_for_update().filter(pk=pk).first()
        if job is None:
            return False
        give_up = GIVE_UP.get(job.task_path)
        if give_up is not None:
            give_up(uuid=UUID(job.args_kwargs["args"][0]), at=at)
        job.set_failed(WorkerGone())
    return True
