"""Campaigns and their programmes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.governance.plan.models.titles import Title
from jiangong.ground.shared.rules.periods import Period


class CampaignKind(models.TextChoices):
    CREATION = "creation", _("creation")
    REVIEW = "review", _("review of the title")


class Campaign(models.Model):
    """创建: one title that a federation seeks or keeps, from a day to a day. Several may run at once."""

    uuid = models.UUIDField(unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="campaigns")
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=10, choices=CampaignKind)
    title_sought = models.ForeignKey(Title, models.PROTECT, related_name="campaigns")
    edition = models.CharField(_("edition of the assessment system"), max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=CampaignKind.values), name="campaign_kind_known"),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="campaign_since_before_until"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class Programme(models.Model):
    """实施方案: the document whose tasks these are. A draft until it has its day; only planners see a draft."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="programme")
    title = models.CharField(_("title"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title
