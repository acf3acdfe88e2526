"""What people type, without what nobody can see. No Django."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ud800-\udfff]"
)
"""Control signs, marks of no width, marks that turn the direction of writing, halves of signs."""


def line(text: str) -> str:
    """One line: blanks are one blank each, invisible signs are gone."""
    return " ".join(INVISIBLE.sub("", text).split())


def visible(text: str) -> str:
    """As typed, every line ended alike; invisible signs are gone."""
    return INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def folded(text: str) -> str:
    """For telling whether two people typed the same: width, case and blanks do not count."""
    return "".join(line(unicodedata.normalize("NFKC", text)).split()).casefold()
