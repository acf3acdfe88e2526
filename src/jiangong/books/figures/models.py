"""What a federation sets about figures."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jiangong.books.ledger.models import Book


class Bound(models.Model):
    """The usual range of a figure, or of one facet of it, in one federation. Seeded from the figure's default."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="bounds")
    figure = models.CharField(max_length=120)
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "figure"], name="bound_once"),
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="bound_low_below_high"),
        )

    def __str__(self) -> str:
        return self.figure
