"""How long a text is as printed: 字数 with and without punctuation, and what is said of one beyond its limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.rules.frozen import Section, plain
from jiangong.ground.shared.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Length:
    """`signs`: every character but spaces and line ends, which a limit means. `letters`: without punctuation."""

    signs: int
    letters: int


def length(sections: Iterable[Section]) -> Length:
    """Of headings and paragraphs as printed, figures as their values; not of title and signature."""
    text = "".join(plain(section.parts) for section in sections)
    return Length(
        signs=sum(not sign.isspace() for sign in text), letters=sum(sign.isalnum() for sign in text)
    )


def within_limit(*, found: Length, limit: int | None, is_strict: bool) -> list[Finding]:
    """R3: more characters than the kind of text allows; an error where the limit is strict."""
    if limit is None or found.signs <= limit:
        return []
    sentence = _("The text has %(signs)s characters with punctuation; at most %(limit)s are allowed.") % {
        "signs": found.signs,
        "limit": limit,
    }
    severity = Severity.ERROR if is_strict else Severity.WARNING
    return [Finding("R3", severity, sentence, (str(found.signs), str(limit)))]
