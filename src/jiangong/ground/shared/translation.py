"""The mark on sentences that people read, and days as they write them, for rules, which import no framework."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

__all__ = ["day_in_words", "gettext", "gettext_lazy"]


def day_in_words(day: date) -> str:
    """2020年5月1日, 1 May 2020: as the reader's language writes it."""
    return date_format(day, "DATE_FORMAT")
