"""What the small acts of the desk have in common."""

from __future__ import annotations

from datetime import date

from jiangong.ground.organization.views.answers import OUTSIDE, told

__all__ = ["OUTSIDE", "number_in", "told"]


def number_in(text: str) -> int:
    """0 for what is no number of ours."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def day_in(words: str) -> date | None:
    """A day as a form sends it; what is none is None."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
