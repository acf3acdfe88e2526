"""What hangs on the wall."""

from __future__ import annotations

from django.db import models

from jiangong.governance.plan.models.campaigns import Campaign


class Wall(models.Model):
    """The figures of a campaign's wall page, in their order; without a row, those that its targets name first."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="wall")
    figures = models.JSONField()
    version = models.PositiveIntegerField(default=1)
