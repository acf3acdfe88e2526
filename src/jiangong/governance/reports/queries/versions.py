"""Versions of a report: what each save left behind, and how any two texts differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.books.ledger.queries import totals
from jiangong.governance.reports import access
from jiangong.governance.reports.models import Issue, Report, Step, Version
from jiangong.governance.reports.queries.naming import names
from jiangong.governance.reports.queries.pages import issue, report
from jiangong.governance.reports.queries.resolving import content_of, resolved
from jiangong.governance.reports.rules import tokens
from jiangong.governance.reports.rules.difference import Kind, Row, difference
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.frozen import typed_head
from jiangong.governance.reports.rules.head_words import head_changes
from jiangong.governance.reports.rules.heads import Head
from jiangong.governance.reports.rules.splices import Splice
from jiangong.governance.reports.rules.titles import spoken_period
from jiangong.governance.reports.rules.tokens import TOKEN
from jiangong.ground.organization import access as organization_access
from jiangong.ground.organization.models import Account, Unit
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.periods import Period

DAYS = frozenset({"since", "until"})
HEADS = ("#", "＃")
CONTEXT = 1
"""How many unchanged paragraphs are shown around a changed one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was saved: its text with codes, and what stands around it as plain values."""

    text: str = ""
    around: dict[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> ReportContent:
        """Without the unit; what a version knows nothing of is as in a new report."""
        known = [item for item in fields(ReportContent) if item.name in self.around]
        return ReportContent(
            **{item.name: _typed(item, self.around[item.name]) for item in known} | {"text": self.text}
        )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list; `acts` were done about it."""

    number: int
    at: datetime
    by: Account | None
    saves: int
    acts: Sequence[Step]
    is_last: bool


@dataclass(frozen=True, slots=True)
class VersionsPage:
    report: Report
    lines: Sequence[VersionLine]
    issues: Sequence[Issue]
    may_write: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are compared: a version (`v3`) or an issue (`i1`)."""

    code: str
    label: str
    kept: Kept
    position: int
    """Of the book when it was saved or issued: there its figures are read."""


@dataclass(frozen=True, slots=True)
class AroundLine:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`skipped`: so many paragraphs that did not change are left out before it."""

    kind: Kind
    html: SafeString
    is_heading: bool
    skipped: int


@dataclass(frozen=True, slots=True)
class ComparePage:
    report: Report
    before: Side
    after: Side
    choices: Sequence[tuple[str, str]]
    around: Sequence[AroundLine]
    rows: Sequence[ShownRow]
    skipped: int
    changed: int
    may_write: bool

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.around)

    @property
    def version_number(self) -> int:
        """The version on the left, which can be taken up again; 0 for an issue."""
        return int(self.before.code[1:]) if self.before.code.startswith("v") else 0


def version_rows(*, report: Report, number: int | None = None) -> list[Version]:
    """The rows that give the report as last saved, or as version `number` left it; the whole one first."""
    rows = Version.objects.filter(report=report)
    if number is not None:
        rows = rows.filter(number__lte=number)
    whole = rows.filter(is_whole=True).order_by("-number", "-step").first()
    if whole is None:
        return []
    later = rows.filter(number__gte=whole.number).order_by("number", "step")
    return [row for row in later if (row.number, row.step) >= (whole.number, whole.step)]


def kept(rows: Iterable[Version]) -> Kept:
    text = ""
    around: dict[str, Any] = {}
    for row in rows:
        text = Splice(row.start, row.cut, row.words).apply("" if row.is_whole else text)
        around |= row.around
    return Kept(text, around)


def kept_of(report: Report) -> Kept:
    """The loaded row, as it stands in memory."""
    around = {item.name: _plain(getattr(report, item.name)) for item in fields(ReportContent)}
    del around["text"]
    return Kept(report.text, around | {"unit": report.unit_id})


def _plain(value: Any) -> Any:
    """As JSON has it; what is made of several values says itself how."""
    if isinstance(value, date):
        return value.isoformat()
    return value.as_json() if hasattr(value, "as_json") else value


def _typed(item: Field[Any], value: Any) -> Any:
    if item.name in DAYS:
        return date.fromisoformat(value)
    reader = getattr(type(item.default), "from_json", None)
    return reader(value) if reader else value


def kept_version(*, report: Report, number: int) -> Kept | None:
    rows = version_rows(report=report, number=number)
    return kept(rows) if rows and rows[-1].number == number else None


def versions_page(*, actor: Actor, uuid: UUID) -> VersionsPage:
    found = report(actor=actor, uuid=uuid)
    issues = Issue.objects.filter(report=found).defer("document", "findings").select_related("withdrawal")
    return VersionsPage(
        report=found,
        lines=_lines(found),
        issues=list(issues.order_by("-number")),
        may_write=access.may_write(actor, unit_id=found.unit_id),
    )


def _lines(found: Report) -> list[VersionLine]:
    """Newest first; the rows of one version share its number."""
    rows = Version.objects.filter(report=found).defer("words", "around").select_related("by__person")
    groups: dict[int, list[Version]] = {}
    for row in rows:
        groups.setdefault(row.number, []).append(row)
    acts: dict[int, list[Step]] = {}
    for act in Step.objects.filter(report=found).select_related("by__person", "version").order_by("at", "id"):
        acts.setdefault(act.version.number, []).append(act)
    return [
        VersionLine(
            number, last[-1].at, last[-1].by, len(last), acts.get(number, ()), is_last=number == max(groups)
        )
        for number, last in sorted(groups.items(), reverse=True)
    ]


def compare_page(*, actor: Actor, uuid: UUID, before: str = "", after: str = "") -> ComparePage:
    """Two versions or issues beside each other; by default the last version and what stood before it."""
    found = report(actor=actor, uuid=uuid)
    choices = _choices(found)
    older, newer = _asked(before, after, [code for code, _label in choices])
    left, right = (_side(actor, found, code, dict(choices)) for code in (older, newer))
    compared = difference(before=_read_text(actor, found, left), after=_read_text(actor, found, right))
    rows = list(_shown(compared.rows))
    tail = _tail(compared.rows)
    return ComparePage(
        report=found,
        before=left,
        after=right,
        choices=choices,
        around=_around(left.kept, right.kept),
        rows=rows,
        skipped=tail,
        changed=len(compared.changed),
        may_write=access.may_write(actor, unit_id=found.unit_id),
    )


def _asked(before: str, after: str, codes: Sequence[str]) -> tuple[str, str]:
    """What is not asked for: the last version, and of a version the one before it."""
    versions = [code for code in codes if code.startswith("v")]
    newer = after or next(iter(versions), "")
    earlier = versions[versions.index(newer) + 1 :] if newer in versions else versions
    return before or next(iter([*earlier, newer])), newer


def _choices(found: Report) -> list[tuple[str, str]]:
    numbers = sorted(set(Version.objects.filter(report=found).values_list("number", flat=True)), reverse=True)
    issues = Issue.objects.filter(report=found).order_by("-number").values_list("number", flat=True)
    return [
        *((f"v{number}", _("Version %(number)s") % {"number": number}) for number in numbers),
        *((f"i{number}", _("Issue no. %(number)s") % {"number": number}) for number in issues),
    ]


def _side(actor: Actor, found: Report, code: str, known: dict[str, str]) -> Side:
    if code not in known:
        raise NotFound
    number = int(code[1:])
    if code.startswith("i"):
        issued = issue(actor=actor, uuid=found.uuid, number=number)
        return Side(code, known[code], kept_of_issue(issued), issued.position)
    rows = version_rows(report=found, number=number)
    position = totals.position_at(unit_id=found.unit_id, moment=rows[-1].at)
    return Side(code, known[code], kept(rows), position)


def kept_of_issue(found: Issue) -> Kept:
    """What was issued, in the terms of a version."""
    names_known = {item.name for item in fields(ReportContent)} & found.document.keys()
    around = {name: found.document[name] for name in names_known} | {"unit": found.document["unit_id"]}
    around.pop("text", None)
    around["head"] = typed_head(content_of(found)).as_json()
    return Kept(found.document["source"], around)


def _read_text(actor: Actor, found: Report, side: Side) -> str:
    """As people read it, with the names that codes have today and what each figure printed there."""
    then = copy(found)
    content = side.kept.content
    then.text, then.since, then.until = content.text, content.since, content.until
    unit = organization_access.units_in_scope(actor).filter(pk=side.kept.around.get("unit") or 0).first()
    if unit is None:
        known = names(report=found, shown=side.kept.text)
        return tokens.with_names(side.kept.text, key=known.named, unit=known.unit_named)
    then.unit = unit
    read = resolved(report=then, on=then.until, as_of=side.position, is_dated=side.position is not None)
    return tokens.with_values(read.shown, values=read.phrases)


def _near(rows: Sequence[Row]) -> set[int]:
    """The places of rows that changed, and of those around them; blank lines aside."""
    written = [place for place, row in enumerate(rows) if not row.is_blank]
    near: set[int] = set()
    for order, place in enumerate(written):
        if rows[place].kind is not Kind.SAME:
            near.update(written[max(0, order - CONTEXT) : order + CONTEXT + 1])
    return near


def _shown(rows: Sequence[Row]) -> Iterable[ShownRow]:
    near, skipped = _near(rows), 0
    for place, row in enumerate(rows):
        if place in near:
            yield ShownRow(row.kind, _html(row), _is_heading(row), skipped)
            skipped = 0
        elif not row.is_blank:
            skipped += 1


def _tail(rows: Sequence[Row]) -> int:
    """How many unchanged paragraphs follow the last one shown."""
    last = max(_near(rows), default=-1)
    return sum(not row.is_blank for row in rows[last + 1 :])


def _is_heading(row: Row) -> bool:
    return row.pieces[-1].text.startswith(HEADS) or row.pieces[0].text.startswith(HEADS)


def _html(row: Row) -> SafeString:
    """What went is struck out, what came underlined, and both are said; marks stand as their figures' names."""
    said = {Kind.CUT: ("del", _("taken out")), Kind.PUT: ("ins", _("put in"))}
    parts = []
    for place, piece in enumerate(row.pieces):
        shown = _readable(piece.text, opens_line=place == 0)
        if piece.kind in said and row.kind is Kind.CHANGED:
            tag, words = said[piece.kind]
            hidden = format_html('<span class="visually-hidden">{}：</span>', words)
            parts.append(format_html("<{}>{}{}</{}>", tag, hidden, shown, tag))
        else:
            parts.append(shown)
    return SafeString("".join(parts))


def _readable(text: str, *, opens_line: bool) -> SafeString:
    """Without the marks of headings and bold letters; where nothing else is left, they stand."""
    plain = text.lstrip("#＃ ") if opens_line else text
    plain = plain.replace("**", "") or text
    parts, end = [], 0
    for match in TOKEN.finditer(plain):
        parts.append(escape(plain[end : match.start()]))
        parts.append(format_html('<span class="compared-figure">{}</span>', _figure(match["body"])))
        end = match.end()
    return SafeString("".join([*parts, escape(plain[end:])]))


def _figure(body: str) -> SafeString:
    """发放书籍 · 多 2000多册: by the name of the figure, even where its code stands because two share one name."""
    told, _mark, value = body.partition(f"|{tokens.PRINTS}")
    first, *options = told.split("|")
    key = FigureKey.parse(first)
    if key.code in catalogue:
        first = figures.named(catalogue[key.code], key.facet)
    name = " · ".join([first, *options])
    return format_html("{} <strong>{}</strong>", name, value) if value else format_html("{}", name)


def _around(left: Kept, right: Kept) -> list[AroundLine]:
    units = Unit.objects.in_bulk([number for side in (left, right) if (number := side.around.get("unit"))])
    lines = []
    labels = {"title": _("Title"), "subtitle": _("Subtitle"), "organ": _("Signed by"), "unit": _("About")}
    for name in dict.fromkeys([*left.around, *right.around]):
        before, after = left.around.get(name), right.around.get(name)
        if name == "unit" and before != after:
            lines.append(AroundLine(labels[name], *(str(units.get(one or 0, "")) for one in (before, after))))
        elif name == "head":
            lines += _head_lines(before or {}, after or {})
        elif name not in {"since", "until"} and before != after:
            lines.append(AroundLine(labels.get(name, name), str(before or ""), str(after or "")))
    if _period(left) != _period(right):
        lines.append(AroundLine(_("Period"), _period(left), _period(right)))
    return lines


def _head_lines(before: dict[str, Any], after: dict[str, Any]) -> Iterable[AroundLine]:
    """Element by element; what goes without saying in an issue is no difference to what was typed."""
    found = head_changes(before=Head.from_json(before), after=Head.from_json(after))
    return (AroundLine(one.label, one.before, one.after) for one in found)


def _period(side: Kept) -> str:
    if "since" not in side.around:
        return ""
    days = (date.fromisoformat(side.around[name]) for name in ("since", "until"))
    return spoken_period(Period(*days))
