"""What a federation sets about figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.figures.rules import bounds
from jiangong.books.figures.rules.bounds import Limits
from jiangong.books.ledger.models import Book
from jiangong.ground.shared.registry import OWN


class Every(models.TextChoices):
    MONTH = bounds.Every.MONTH.value, _("every month")
    QUARTER = bounds.Every.QUARTER.value, _("every quarter")
    YEAR = bounds.Every.YEAR.value, _("every year")


class OwnForm(models.TextChoices):
    SUM = "sum", _("sum")
    RATIO = "ratio", _("ratio, in per cent")
    PER = "per", _("so much per one")


class OwnFigure(models.Model):
    """A figure that a federation defined over measures. Its code and its formula stay for ever."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="figures")
    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    form = models.CharField(max_length=8, choices=OwnForm)
    measures = models.JSONField()
    over = models.JSONField(default=list)
    decimals = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=30, blank=True)
    unit_en = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(form__in=OwnForm.values), name="own_figure_form_known"),
            models.CheckConstraint(condition=Q(code__startswith=OWN), name="own_figure_own_code"),
        )

    def __str__(self) -> str:
        return self.name


class Bound(models.Model):
    """What a figure, or one facet of it, is checked against in one federation. Seeded from the figure's defaults."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="bounds")
    figure = models.CharField(max_length=120)
    low = models.BigIntegerField(null=True)
    high = models.BigIntegerField(null=True)
    at_most = models.CharField(max_length=120, blank=True)
    factor = models.PositiveSmallIntegerField(null=True)
    times = models.PositiveSmallIntegerField(null=True)
    every = models.CharField(max_length=8, choices=Every, blank=True)
    places = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "figure"], name="bound_once"),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__lte=F("high")),
                name="bound_low_below_high",
            ),
            models.CheckConstraint(
                condition=Q(factor__isnull=True) | Q(factor__gte=2), name="bound_factor_enlarges"
            ),
            models.CheckConstraint(
                condition=Q(times__isnull=True, every="", places__isnull=True)
                | Q(times__gte=1, every__in=Every.values, places__gte=1),
                name="bound_frequency_whole",
            ),
        )

    def __str__(self) -> str:
        return self.figure

    @property
    def limits(self) -> Limits:
        return bounds.limits_from(
            self.low, self.high, self.at_most, self.factor, self.times, self.every, self.places
        )

    def take(self, limits: Limits) -> None:
        """Set every column; the caller writes the row."""
        frequency = limits.frequency
        self.low, self.high, self.at_most, self.factor = (
            limits.low,
            limits.high,
            limits.at_most,
            limits.factor,
        )
        self.times = frequency.times if frequency else None
        self.every = frequency.every.value if frequency else ""
        self.places = frequency.places if frequency else None
