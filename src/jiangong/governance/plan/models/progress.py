"""Reports of progress by hand."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiangong.books.ledger.models import Record
from jiangong.governance.plan.models.tasks import Task


class TaskProgress(models.Model):
    """进展报送: how far a task is on the record's day, in per cent, by whoever does it; with its evidence.

    `reason` says why it went back, where it did.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="task_progress")
    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(percent__range=(0, 100)), name="task_progress_is_a_share"),
        )

    def __str__(self) -> str:
        return f"{self.percent}%"
