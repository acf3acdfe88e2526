"""What the small acts of the desk have in common."""

from __future__ import annotations

from jiangong.ground.organization.views.answers import OUTSIDE, told

__all__ = ["OUTSIDE", "number_in", "told"]


def number_in(text: str) -> int:
    """0 for what is no number of ours."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
