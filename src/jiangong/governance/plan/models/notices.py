"""Notices of supervision: what is asked of a lead unit about one task, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.models.progress import TaskProgress
from jiangong.governance.plan.models.spells import TaskLight
from jiangong.governance.plan.models.tasks import Task
from jiangong.ground.organization.models import Unit

NUMBER = "督〔{year}〕{number}号"


class NoticeLevel(models.TextChoices):
    """domain.md §7: blue near the deadline, yellow behind, red overdue."""

    BLUE = "blue", _("blue")
    YELLOW = "yellow", _("yellow")
    RED = "red", _("red")


class NoticeState(models.TextChoices):
    """立项登记 → 通知交办 → 跟踪进度 → 反馈报告 → 办结归档 (domain.md §7)."""

    ISSUED = "issued", _("to be received")
    RECEIVED = "received", _("to be answered")
    ANSWERED = "answered", _("to be accepted")
    SENT_BACK = "sent_back", _("sent back to be done again")
    ACCEPTED = "accepted", _("settled")


OPEN_NOTICES = (NoticeState.ISSUED, NoticeState.RECEIVED, NoticeState.ANSWERED, NoticeState.SENT_BACK)
TO_ANSWER = (NoticeState.RECEIVED, NoticeState.SENT_BACK)


class Notice(models.Model):
    """督办单: one task, one sheet (一事一单). Numbers are consecutive in a federation's year.

    `is_talk`: 约谈, the leading official is asked to come. `spell`: of which light the nightly job issued it; none
    where the office did. Whoever is missing, the house itself was. `report`: of the task's progress, which the answer
    rests on.
    """

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="notices")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    task = models.ForeignKey(Task, models.PROTECT, related_name="notices")
    spell = models.ForeignKey(TaskLight, models.PROTECT, related_name="notices", null=True)
    level = models.CharField(max_length=8, choices=NoticeLevel)
    is_talk = models.BooleanField(default=False)
    words = models.TextField(max_length=1000)
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.ISSUED)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer_due_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answer = models.TextField(max_length=2000, blank=True)
    report = models.ForeignKey(TaskProgress, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    sent_back_because = models.CharField(max_length=300, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=["book", "year", "number"], name="notice_number_once"),
            models.UniqueConstraint(
                fields=["spell", "level", "is_talk"],
                condition=Q(spell__isnull=False),
                name="notice_once_in_a_spell",
            ),
            models.CheckConstraint(condition=Q(level__in=NoticeLevel.values), name="notice_level_known"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notice_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="notice_has_words"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.ISSUED) | Q(received_at__isnull=False),
                name="notice_received_first",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NoticeState.ANSWERED, NoticeState.ACCEPTED])
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="notice_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.ACCEPTED, accepted_at__isnull=False)
                | ~Q(state=NoticeState.ACCEPTED) & Q(accepted_at__isnull=True),
                name="notice_accepted_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_talk=False) | Q(level=NoticeLevel.RED), name="notice_talk_is_red"
            ),
        )
        indexes = (models.Index(fields=["to_unit", "state"], name="notice_of_unit"),)

    def __str__(self) -> str:
        return NUMBER.format(year=self.year, number=self.number)
