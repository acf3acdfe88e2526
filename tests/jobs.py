"""Doing what waits in the queue, as the worker does."""

from __future__ import annotations

from django_tasks_db.models import DBTaskResult


def work_off() -> int:
    """Every job once, the oldest first; gives how many there were."""
    waiting = list(DBTaskResult.objects.ready().order_by("enqueued_at"))
    for job in waiting:
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.delete()
    return len(waiting)
