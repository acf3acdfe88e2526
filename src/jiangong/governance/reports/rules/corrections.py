"""What a new issue says otherwise than the withdrawn one that it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jiangong.governance.reports.rules.difference import difference
from jiangong.governance.reports.rules.frozen import Content, UsedFigure, typed_head
from jiangong.governance.reports.rules.head_words import head_changes
from jiangong.governance.reports.rules.trails import identity
from jiangong.ground.shared.translation import gettext_lazy as _

AROUND = {"title": _("Title"), "subtitle": _("Subtitle"), "organ": _("Signed by")}


@dataclass(frozen=True, slots=True)
class CorrectedFigure:
    """A figure as the two texts print it."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """`elements`: what stands around the text and was changed; `paragraphs`: how many were written otherwise."""

    figures: tuple[CorrectedFigure, ...]
    paragraphs: int
    elements: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.paragraphs or self.elements)


def correction(*, before: Content, after: Content) -> Correction:
    written = difference(before=before.source, after=after.source)
    return Correction(tuple(_figures(before, after)), len(written.changed), tuple(_elements(before, after)))


def _elements(before: Content, after: Content) -> Iterator[str]:
    """The names of those that the new issue has otherwise."""
    for name, label in AROUND.items():
        if getattr(before, name) != getattr(after, name):
            yield str(label)
    for change in head_changes(before=typed_head(before), after=typed_head(after)):
        yield change.label


def _figures(before: Content, after: Content) -> Iterator[CorrectedFigure]:
    """Those that both texts print, of the same unit and period, with another value."""
    old = {identity(used): used for used in before.figures}
    new = {identity(used): used for used in after.figures}
    for place, used in new.items():
        was = old.get(place)
        if was is not None and was.value != used.value:
            yield CorrectedFigure(used.name, _exact(was), _exact(used))


def _exact(used: UsedFigure) -> str:
    if used.value is None:
        return "—"
    whole = used.value == used.value.to_integral_value()
    return f"{used.value:,.0f}{used.unit_of_measure}" if whole else f"{used.value:,f}{used.unit_of_measure}"
