"""Word files measured against the standard. Nothing of them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from jiangong.governance.reports.rules import measuring
from jiangong.governance.reports.rules.measuring import Departure, Measured, Place
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


class NoFile(DomainError):
    code = "layout_no_file"
    message = _("Choose a Word file (.docx), then check it.")


class FileTooLarge(DomainError):
    code = "layout_file_too_large"
    message = _(
        "The file is larger than %(limit)s MB. Take its pictures out, or split it, then check it again."
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the file, and what departs from the standard there."""

    place: Place
    departures: Sequence[Departure]


@dataclass(frozen=True, slots=True)
class LayoutPage:
    """`measured` is None before a file was given, and where it was refused."""

    name: str = ""
    measured: Measured | None = None
    refusal: str = ""

    @property
    def spots(self) -> list[Spot]:
        """What was found, place by place."""
        found: dict[Place, list[Departure]] = {}
        for one in self.measured.departures if self.measured else ():
            found.setdefault(one.place, []).append(one)
        return [Spot(place, departures) for place, departures in found.items()]


def layout_page(*, name: str = "", measured: Measured | None = None, refusal: str = "") -> LayoutPage:
    return LayoutPage(name, measured, refusal)


def measured(*, stream: BinaryIO | None, size: int, limit_mb: int) -> Measured:
    """What departs from GB/T 9704-2012 in a .docx file. Refuses what is none, what is too large, and traps."""
    if stream is None or not size:
        raise NoFile("file")
    if size > limit_mb * MEGABYTE:
        raise FileTooLarge("file", limit=limit_mb)
    return measuring.measured(stream)
