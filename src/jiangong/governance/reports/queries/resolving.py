"""A report's text with its figures read: one reading for each unit and period, however long it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice

from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.queries import FigureReading
from jiangong.books.figures.rules import checks
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.queries.totals import Reading
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.governance.reports.models import Issue, Report, TextKind
from jiangong.governance.reports.queries.naming import LANGUAGE, Names, names, with_names
from jiangong.governance.reports.rules import frozen, heads, instructions, lengths, text, wording
from jiangong.governance.reports.rules.blocks import Document
from jiangong.governance.reports.rules.frozen import Content, Part, Section, UsedFigure
from jiangong.governance.reports.rules.heads import fitted
from jiangong.governance.reports.rules.html import to_html
from jiangong.governance.reports.rules.lengths import Length
from jiangong.governance.reports.rules.text import Parsed, Remark, Words
from jiangong.governance.reports.rules.tokens import Place, Token
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.rules.periods import Period

MOST_READINGS = 30
WHOLE = Place(line=0, start=0, end=0)

Group = tuple[int, Period]
"""(unit, period): what one reading answers"""


@dataclass(frozen=True, slots=True)
class _Picked:
    """A token whose figure and unit are known."""

    token: Token
    key: FigureKey
    unit: Unit
    period: Period

    @property
    def group(self) -> Group:
        return self.unit.pk, self.period


@dataclass
class Resolved:
    """A report as it would read at `position`: its content, and what is to be said about it."""

    content: Content
    remarks: Sequence[Remark]
    position: int
    shown: str
    """The text with names in its marks, where the remarks' places are."""
    phrases: Mapping[int, str] = field(default_factory=dict)
    """What each figure prints, by where its mark begins in `shown`."""

    @cached_property
    def document(self) -> Document:
        return document_of(self.content)

    @cached_property
    def html(self) -> str:
        return to_html(self.document)

    @property
    def to_mend(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.must_mend]

    @property
    def errors(self) -> list[Remark]:
        """Those that a reason can override."""
        return [remark for remark in self.remarks if remark.is_error and not remark.must_mend]

    @property
    def warnings(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.is_error]

    @property
    def length(self) -> Length:
        return lengths.length(self.content.sections)

    @property
    def is_empty(self) -> bool:
        return not self.content.sections


def resolved(
    *,
    report: Report,
    on: date,
    as_of: int | None = None,
    shown: str | None = None,
    is_dated: bool = False,
) -> Resolved:
    """Read every figure of the text. `on` dates the document; `as_of` reads the book as it stood there.

    `is_dated`: `on` is the date that it was given, not only the day it is looked at.
    `shown` is the text as it stands in an editor; without it the stored one is read, with names for its codes.
    """
    if shown is None:
        shown, known = with_names(report=report)
    else:
        known = names(report=report, shown=shown)
    parsed = text.parse(shown)
    position = totals.position(unit_id=report.unit_id) if as_of is None else as_of
    remarks = list(parsed.remarks)
    picked = list(_picked(report, parsed, known, shown, remarks))
    readings = _readings(picked, position, on)
    remarks += _figure_remarks(shown, picked, readings)
    remarks += _period_remarks(shown, picked, readings, on)
    content = _content(report, shown, parsed, picked, readings, position=position, on=on)
    remarks += [Remark(found, WHOLE, "") for found in _of_number(report, on, is_dated=is_dated)]
    remarks += _length_remarks(report, content)
    remarks += _unwritten_remarks(report, shown)
    remarks.sort(key=lambda remark: remark.place.start)
    phrases = {
        found.token.place.start: used.phrase for found, used in zip(picked, content.figures, strict=True)
    }
    return Resolved(content, tuple(remarks), position, shown, phrases)


def _of_number(report: Report, on: date, *, is_dated: bool) -> list[Finding]:
    """Until it is issued, a report is of its own period, and today is not its date."""
    return heads.year_of_number(report.head, on=on, until=None if is_dated else report.until)


def name_of(used: UsedFigure) -> str:
    """The figure's name as its reader calls it; the document keeps the one it was issued with."""
    key = FigureKey.parse(used.key)
    if key.code not in catalogue or (translation.get_language() or "").startswith("zh"):
        return used.name
    return figures.named(catalogue[key.code], figures.part_of(key, kept=used.facet_name))


def unit_of(used: UsedFigure) -> str:
    key = FigureKey.parse(used.key)
    return str(catalogue[key.code].unit_of_measure) if key.code in catalogue else used.unit_of_measure


def content_of(issue: Issue) -> Content:
    return Content.from_json(issue.document)


def document_of(content: Content) -> Document:
    return frozen.as_document(content, href=figure_href)


def figure_href(used: UsedFigure) -> str:
    """The figure's own page, at the unit, period and position where it was read."""
    query: dict[str, str | int] = {
        "unit": used.unit_id,
        "since": used.since.isoformat(),
        "until": used.until.isoformat(),
        "as_of": used.position,
    }
    return f"{reverse('desk:figure', args=[used.key])}?{urlencode(query)}"


def _picked(
    report: Report, parsed: Parsed, known: Names, shown: str, remarks: list[Remark]
) -> Iterator[_Picked]:
    units = _units(report, {known.unit(token.unit) for token in parsed.tokens if token.unit})
    groups: set[Group] = set()
    for token in parsed.tokens:
        key = known.key(token.key)
        unit = units.get(known.unit(token.unit)) if token.unit else report.unit
        refusal = _refusal(key, unit, token, known)
        if unit is not None and not refusal:
            found = _Picked(token, key, unit, token.period or Period(report.since, report.until))
            groups.add(found.group)
            if len(groups) <= MOST_READINGS:
                yield found
                continue
            refusal = _("The text uses too many different periods and units. Keep to %(most)s.") % {
                "most": MOST_READINGS
            }
        remarks.append(text.unreadable_token(text=shown, place=token.place, sentence=refusal))


def _refusal(key: FigureKey, unit: Unit | None, token: Token, known: Names) -> str:
    if key.code not in catalogue:
        return _("There is no figure called “%(figure)s”. Pick one from the list.") % {"figure": key.code}
    if key.facet and not catalogue[key.code].facet_label:
        return _("“%(figure)s” cannot be split, so it takes no “@”.") % {"figure": catalogue[key.code].name}
    if key.facet and not known.knows_part(key):
        return _("“%(figure)s” has no part called “%(part)s”. Pick one from the list.") % {
            "figure": catalogue[key.code].name,
            "part": key.facet,
        }
    if unit is None:
        return _("There is no unit called “%(name)s” within this report's unit.") % {"name": token.unit}
    return ""


def _units(report: Report, codes: set[str]) -> dict[str, Unit]:
    """Units by code, the report's own or below it: who may read the report may read them."""
    if not codes:
        return {}
    below = Unit.objects.filter(
        code__in=codes, ancestries__ancestor_id=report.unit_id, ancestries__until__isnull=True
    )
    return {unit.code: unit for unit in below}


def _readings(
    picked: Iterable[_Picked], position: int, on: date
) -> dict[tuple[Group, FigureKey], FigureReading]:
    groups: dict[Group, dict[FigureKey, None]] = {}
    for found in picked:
        groups.setdefault(found.group, {})[found.key] = None
    readings = {}
    for (unit_id, period), keys in groups.items():
        reading = Reading(unit_id=unit_id, since=period.since, until=period.until, as_of=position)
        for read in figures.read_compared(keys=list(keys), reading=reading, on=on):
            readings[(unit_id, period), read.key] = read
    return readings


def _figure_remarks(
    shown: str, picked: Iterable[_Picked], readings: dict[tuple[Group, FigureKey], FigureReading]
) -> Iterator[Remark]:
    """The figures' own findings, once for each figure, beside the first sentence that uses it."""
    seen = set()
    for found in picked:
        place = found.group, found.key
        if place in seen:
            continue
        seen.add(place)
        read = readings[place]
        for finding in [*read.findings, *_emptiness(read)]:
            yield Remark(finding, found.token.place, text.quote(shown, found.token.place))


def _emptiness(read: FigureReading) -> list[Finding]:
    if read.value is None:
        sentence = _("%(figure)s cannot be computed: there is nothing to divide by.") % {"figure": read.name}
        return [Finding("R1", Severity.ERROR, sentence, ("", ""))]
    if not read.entries:
        sentence = _("%(figure)s: no record stands behind it in this period.") % {"figure": read.name}
        return [Finding("R2", Severity.WARNING, sentence, ("", ""))]
    return []


def _period_remarks(
    shown: str,
    picked: Iterable[_Picked],
    readings: dict[tuple[Group, FigureKey], FigureReading],
    on: date,
) -> Iterator[Remark]:
    """P16: a report cannot tell of days after its own. P12: one figure read until two days from one first day on."""
    late = max((found.period.until for found in picked), default=None)
    if late is not None:
        for finding in checks.figures_end_before_report(until=late, on=on):
            yield Remark(finding, WHOLE, text.quote(shown, WHOLE))
    days: dict[tuple[FigureKey, int, date], list[_Picked]] = {}
    for found in picked:
        days.setdefault((found.key, found.unit.pk, found.period.since), []).append(found)
    for alike in days.values():
        name, place = readings[alike[0].group, alike[0].key].name, alike[-1].token.place
        for finding in checks.one_as_of(what=name, days=[found.period.until for found in alike]):
            yield Remark(finding, place, text.quote(shown, place))


def _length_remarks(report: Report, content: Content) -> Iterator[Remark]:
    """R3, about the text as a whole."""
    strict = report.text_kind == TextKind.EXPLANATORY
    found = lengths.length(content.sections)
    for finding in lengths.within_limit(found=found, limit=report.limit, is_strict=strict):
        yield Remark(finding, WHOLE, "")


def _unwritten_remarks(report: Report, shown: str) -> Iterator[Remark]:
    """T2: what the template asks for and nobody wrote yet."""
    for finding in instructions.title_to_fill(report.title):
        yield Remark(finding, WHOLE, "")
    for place in islice(instructions.instructions(shown), text.MOST_REMARKS):
        yield Remark(instructions.still_to_write(), place, text.quote(shown, place))


def _content(
    report: Report,
    shown: str,
    parsed: Parsed,
    picked: Sequence[_Picked],
    readings: dict[tuple[Group, FigureKey], FigureReading],
    *,
    position: int,
    on: date,
) -> Content:
    with translation.override(LANGUAGE):
        used = [_used(found, readings[found.group, found.key], position) for found in picked]
    places = {found.token.place: number for number, found in enumerate(picked)}
    return Content(
        title=report.title,
        subtitle=report.subtitle,
        organ=report.organ,
        unit_id=report.unit_id,
        unit_name=report.unit.name,
        since=report.since,
        until=report.until,
        dated_on=on,
        position=position,
        source=report.text,
        sections=tuple(
            Section(line.level, tuple(_part(piece, places, used, shown) for piece in line.pieces))
            for line in parsed.lines
        ),
        figures=tuple(used),
        head=fitted(report.head, organ=report.organ, dated_on=on),
    )


def _part(piece: Words | Token, places: dict[Place, int], used: Sequence[UsedFigure], source: str) -> Part:
    if isinstance(piece, Words):
        return Part(piece.text, bold=piece.bold or piece.unread)
    number = places.get(piece.place)
    if number is None:
        return Part(source[piece.place.start : piece.place.end], bold=True)
    return Part(used[number].phrase, figure=number, bold=piece.bold)


def _used(found: _Picked, read: FigureReading, position: int) -> UsedFigure:
    """The words are Chinese, whatever language the writer has chosen: the report is."""
    unit = "" if found.token.bare else read.unit_of_measure
    return UsedFigure(
        key=str(found.key),
        name=read.name,
        facet_name=read.kept_facet,
        value=read.value,
        phrase=wording.phrase(value=read.value, unit=unit, style=found.token.style),
        unit_of_measure=read.unit_of_measure,
        unit_id=found.unit.pk,
        unit_code=found.unit.code,
        unit_name=found.unit.name,
        since=found.period.since,
        until=found.period.until,
        position=position,
    )
