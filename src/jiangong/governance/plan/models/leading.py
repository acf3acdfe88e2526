"""Which bodies of a federation lead a campaign; who sits in them, the organization keeps as posts over time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models.campaigns import Campaign
from jiangong.ground.organization.models import Unit


class LeadingPart(models.TextChoices):
    GROUP = "group", _("leading group")
    OFFICE = "office", _("office of the leading group")


class LeadingBody(models.Model):
    """领导小组 or its 办公室: a body of a unit, by the name that its posts carry."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="leading_bodies")
    part = models.CharField(max_length=8, choices=LeadingPart)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    body = models.CharField(_("body"), max_length=80)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "part"], name="leading_body_once"),
            models.CheckConstraint(condition=Q(part__in=LeadingPart.values), name="leading_body_part_known"),
            models.CheckConstraint(condition=~Q(body=""), name="leading_body_named"),
        )

    def __str__(self) -> str:
        return self.body
