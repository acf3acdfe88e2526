"""When a task's light changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.rules import LightPolicy


class LightRule(models.Model):
    """From when on a task is near or behind in one federation; without a row, what `LightPolicy` begins with."""

    book = models.OneToOneField(Book, models.PROTECT, related_name="light_rule")
    near_days = models.PositiveSmallIntegerField()
    slack = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(near_days__range=(0, 365)), name="light_rule_near_within_a_year"
            ),
            models.CheckConstraint(condition=Q(slack__range=(0, 100)), name="light_rule_slack_is_a_share"),
        )

    @property
    def policy(self) -> LightPolicy:
        return LightPolicy(self.near_days, self.slack)
