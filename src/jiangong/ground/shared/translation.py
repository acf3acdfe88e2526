"""The mark on sentences that people read, and days as they write them, for rules, which import no framework."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

__all__ = ["day_in_words", "gettext", "gettext_lazy", "in_every_language"]


def day_in_words(day: date) -> str:
    """2020年5月1日, 1 May 2020: as the reader's language writes it."""
    return date_format(day, "DATE_FORMAT")


def in_every_language(text: str | Promise) -> set[str]:
    """A text as the readers of each language see it."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(str(text))
    return found
