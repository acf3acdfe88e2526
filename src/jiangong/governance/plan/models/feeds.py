"""Calendars that other programs subscribe to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiangong.ground.organization.models import Account, Person, Unit


class Feed(models.Model):
    """日历订阅: the deadlines of one person or one unit, at an address that is shown once; its digest is kept.

    `account` made it; what it may read ends with the account.
    """

    uuid = models.UUIDField(unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False),
                name="feed_of_person_or_unit",
            ),
        )

    def __str__(self) -> str:
        return str(self.person or self.unit)
