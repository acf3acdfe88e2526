"""What a template tells its writer to write, where it still stands in a text or its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.rules.tokens import Place
from jiangong.ground.shared.translation import gettext as _

INSTRUCTION = re.compile(
    r"[（(][ \u3000]*请?(?:写明|写一至|填写|此处|一两句话|一文一事)[^（）()\n]{0,200}[）)]?"
)
OPEN_NAME = re.compile("×{2}")
"""In a title only: a text may hide a person's name."""


def instructions(text: str) -> Iterator[Place]:
    """（写明…）, （填写…）, （此处…） and what the shipped templates say beside them."""
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        for match in INSTRUCTION.finditer(line):
            yield Place(number, offset + match.start(), offset + match.end())
        offset += len(line) + 1


def still_to_write() -> Finding:
    sentence = _(
        "An instruction of the template is still to be filled in: write what it asks for, or delete it."
    )
    return Finding("T2", Severity.ERROR, sentence, ("", ""))


def title_to_fill(title: str) -> list[Finding]:
    if not OPEN_NAME.search(title):
        return []
    sentence = _("The title is still to be filled in: %(title)s") % {"title": title}
    return [Finding("T2", Severity.ERROR, sentence, ("", ""))]
