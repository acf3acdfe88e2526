"""All rules of the layout check over one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from jiangong.governance.reports.rules.measuring import elements, pages, sequences, spaces, types, wording
from jiangong.governance.reports.rules.measuring.findings import Departure, gathered
from jiangong.governance.reports.rules.measuring.opening import opened
from jiangong.governance.reports.rules.measuring.reading import read
from jiangong.governance.reports.rules.measuring.roles import named


@dataclass(frozen=True, slots=True)
class Measured:
    """What departs from the standard, page first, then in the order of the text."""

    departures: Sequence[Departure]
    paragraphs: int

    @property
    def is_clean(self) -> bool:
        return not self.departures

    def as_json(self) -> dict[str, Any]:
        return {
            "standard": "GB/T 9704-2012",
            "clean": self.is_clean,
            "paragraphs": self.paragraphs,
            "departures": [departure.as_json() for departure in self.departures],
        }


def measured(stream: BinaryIO) -> Measured:
    """Measure a .docx file. Refuses what is no Word file, and traps (DomainError)."""
    file = read(opened(stream))
    text = named(file.paragraphs)
    of_pages = [*pages.of_pages(file, text), *pages.of_page_numbers(file, text)]
    of_text = [
        *types.of_types(text),
        *types.of_lines(file, text),
        *spaces.of_spaces(file, text),
        *elements.of_elements(file, text),
        *sequences.of_headings(text),
        *wording.of_words(text),
    ]
    of_text.sort(key=lambda one: one.place.number)
    return Measured(gathered([*of_pages, *of_text]), len(file.paragraphs))
