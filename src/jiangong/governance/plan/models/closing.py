"""Striking tasks off."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Record
from jiangong.governance.plan.models.tasks import Task
from jiangong.ground.organization.models import Account


class ClosingState(models.TextChoices):
    """The names of `rules.ClosingStep`."""

    ASKED = "asked", _("to be checked")
    CHECKED = "checked", _("to be re-checked")
    STRUCK_OFF = "struck_off", _("struck off")
    RETURNED = "returned", _("sent back for more work")
    REOPENED = "reopened", _("reopened")


ALIVE = (ClosingState.ASKED, ClosingState.CHECKED, ClosingState.STRUCK_OFF)
CHECK_TAKEN = Q(checked_by__isnull=False, checked_at__isnull=False)
RECHECK_TAKEN = Q(rechecked_by__isnull=False, rechecked_at__isnull=False, rechecked_on__isnull=False)


class Closing(models.Model):
    """销号: one way of a task from being asked for to being struck off; three persons take its three steps.

    It rests on a confirmed report with its photos (`record`), or on the target as it was read at a position of the
    book (`value`, `position`), or else on the task's parts.
    """

    uuid = models.UUIDField(unique=True)
    task = models.ForeignKey(Task, models.PROTECT, related_name="closings")
    state = models.CharField(max_length=10, choices=ClosingState, default=ClosingState.ASKED)
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=300)
    record = models.ForeignKey(Record, models.PROTECT, related_name="closings", null=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    position = models.BigIntegerField(null=True)
    checked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    check_words = models.CharField(max_length=300, blank=True)
    rechecked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    rechecked_at = models.DateTimeField(null=True)
    rechecked_on = models.DateField(null=True)
    recheck_place = models.CharField(max_length=120, blank=True)
    recheck_words = models.CharField(max_length=300, blank=True)
    returned_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    returned_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    reopened_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=ClosingState.values), name="closing_state_known"),
            models.UniqueConstraint(
                fields=["task"], condition=Q(state__in=ALIVE), name="closing_one_open_per_task"
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True) | Q(value__isnull=True, position__isnull=True),
                name="closing_rests_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, position__isnull=True)
                | Q(value__isnull=False, position__isnull=False),
                name="closing_value_has_position",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("asked_by")),
                name="closing_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(rechecked_by__isnull=True)
                | ~Q(rechecked_by=F("asked_by")) & ~Q(rechecked_by=F("checked_by")),
                name="closing_rechecked_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("checked", "struck_off", "reopened")) | CHECK_TAKEN,
                name="closing_checked_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("struck_off", "reopened")) | RECHECK_TAKEN,
                name="closing_rechecked_first",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(reason=""),
                name="closing_return_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="reopened")
                | Q(reopened_by__isnull=False, reopened_at__isnull=False) & ~Q(reason=""),
                name="closing_reopening_has_reason",
            ),
        )

    def __str__(self) -> str:
        return self.get_state_display()
