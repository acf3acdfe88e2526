"""When a task's light changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.rules import LightPolicy


class NoticesFrom(models.TextChoices):
    """From which light on the nightly job issues notices by itself."""

    NONE = "none", _("none by itself")
    RED = "red", _("red only")
    YELLOW = "yellow", _("yellow and red")
    BLUE = "blue", _("blue, yellow and red")


class LightRule(models.Model):
    """From when on a task is near or behind in one federation, and what is done about it; without a row, what
    `LightPolicy` begins with."""

    book = models.OneToOneField(Book, models.PROTECT, related_name="light_rule")
    near_days = models.PositiveSmallIntegerField()
    slack = models.PositiveSmallIntegerField()
    notices_from = models.CharField(max_length=6, choices=NoticesFrom, default=NoticesFrom.YELLOW)
    answer_days = models.PositiveSmallIntegerField(default=7)
    escalate_nights = models.PositiveSmallIntegerField(default=30)
    escalate_notices = models.PositiveSmallIntegerField(default=3)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(near_days__range=(0, 365)), name="light_rule_near_within_a_year"
            ),
            models.CheckConstraint(condition=Q(slack__range=(0, 100)), name="light_rule_slack_is_a_share"),
            models.CheckConstraint(
                condition=Q(notices_from__in=NoticesFrom.values), name="light_rule_notices_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_days__range=(1, 90)), name="light_rule_answer_within_a_season"
            ),
        )

    @property
    def policy(self) -> LightPolicy:
        return LightPolicy(
            self.near_days,
            self.slack,
            self.notices_from,
            self.answer_days,
            self.escalate_nights,
            self.escalate_notices,
        )
