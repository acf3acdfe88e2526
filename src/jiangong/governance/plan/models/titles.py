"""The titles that a campaign can seek."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book


class TitleSought(models.TextChoices):
    """The titles that ship, by their codes (domain.md §1)."""

    NATIONAL_CITY = "national_city", _("National Civilized City")
    COUNTY_UNIT = "county_unit", _("civilized unit of the county")
    CITY_UNIT = "city_unit", _("civilized unit of the city")
    PROVINCE_UNIT = "province_unit", _("civilized unit of the province")
    NATIONAL_UNIT = "national_unit", _("national civilized unit")


class TitleLevel(models.TextChoices):
    COUNTY = "county", _("county level")
    CITY = "city", _("city level")
    PROVINCE = "province", _("province level")
    NATIONAL = "national", _("national level")


class TitleHolder(models.TextChoices):
    CITY = "city", _("a city")
    UNIT = "unit", _("a unit")


class Title(models.Model):
    """争创称号, with its level and who holds it. Those without a book ship; a federation adds its own."""

    code = models.CharField(max_length=40, unique=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="titles", null=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(max_length=8, choices=TitleLevel)
    holder = models.CharField(max_length=4, choices=TitleHolder)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["book", "name"], name="title_named_once"),
            models.CheckConstraint(condition=Q(level__in=TitleLevel.values), name="title_level_known"),
            models.CheckConstraint(condition=Q(holder__in=TitleHolder.values), name="title_holder_known"),
            models.CheckConstraint(
                condition=Q(book__isnull=False) | Q(ended_at__isnull=True), name="title_shipped_lasts"
            ),
        )

    def __str__(self) -> str:
        """Those that ship are called as the reader's language has them."""
        return str(TitleSought(self.code).label) if self.code in TitleSought.values else self.name
