"""The sheet of units: a code is a unit; a unit may stand below one that comes later in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.organization import operations, rules
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.organization.operations import tree
from jiangong.ground.organization.operations.errors import require_within_reach
from jiangong.ground.organization.operations.units import BadCode, BadDivisionCode, CodeTaken
from jiangong.ground.organization.queries.naming import NamedUnits, NoSuchUnit, SeveralUnits
from jiangong.ground.organization.queries.search import matching_units
from jiangong.ground.organization.sheets import common
from jiangong.ground.shared.rules import words
from jiangong.ground.sheets.operations import refusing_row
from jiangong.ground.sheets.rules import (
    Cell,
    CellKind,
    Change,
    Checked,
    Column,
    Context,
    Findings,
    Row,
    Sheet,
    differences,
)

HEAD_DATA = ("name", "short_name", "kind", "uscc", "division_code", "address")


def columns(context: Context | None = None) -> list[Column]:
    text, day = CellKind.TEXT, CellKind.DAY
    kinds = tuple(common.values_by_label(UnitKind.choices))
    code = _("Letters, digits, “.”, “-” and “_”. The same code again is the same unit.")
    parent = _("Name, short name or code of the unit above; it may stand further down in this sheet.")
    until = _("Leave it as it is: units are dissolved on their own page.")
    division = _("6, 9 or 12 digits; streets, communities and villages have one.")
    return [
        Column("code", _("Code"), text, True, code, longest=40),
        Column("name", _("Name"), text, True, _("The full name."), width=30),
        Column("short_name", _("Short name"), text, note=_("As tables call it."), longest=40, width=18),
        Column("kind", _("Kind"), CellKind.CHOICE, True, choices=kinds, width=20),
        Column(
            "parent",
            _("Under"),
            text,
            note=parent,
            width=26,
            offers=lambda: common.offered_units(context, Right.ADMINISTER),
        ),
        Column("since", _("Established on"), day, True, _("The first day, such as 2020-05-01.")),
        Column("until", _("Dissolved on"), day, note=until),
        Column("uscc", _("Unified social credit code"), text, note=_("18 characters."), longest=18, width=22),
        Column("division_code", _("Division code"), text, note=division, longest=12),
        Column("address", _("Address"), text, longest=200, width=30),
    ]


@dataclass(slots=True)
class Known:
    """What rows are held against, read once for the whole sheet; `new` are the rows that bring a unit, by code."""

    units: NamedUnits
    seen: NamedUnits
    parents: Mapping[int, int]
    codes: frozenset[str]
    kinds: Mapping[str, str]
    new: dict[str, Row] = field(default_factory=dict)
    new_names: dict[str, set[str]] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)
    """Names of units in the file whose code cannot be read; what stands below them is not at fault."""

    def announce(self, row: Row) -> None:
        code = row.text("code")
        names = {words.folded(row.text(name)) for name in ("name", "short_name")} - {""}
        if not code:
            self.nameless |= names
        elif code not in self.new and code not in self.units.by_code:
            self.new[code] = row
            for name in names:
                self.new_names.setdefault(name, set()).add(code)

    def code_named(self, name: str) -> str:
        """The code of a unit that is there or in the file. Refuses what names none or several."""
        if name in self.new or name in self.seen.by_code:
            return name
        codes = set(self.new_names.get(words.folded(name), ()))
        try:
            codes.add(self.seen.named(name).code)
        except NoSuchUnit:
            if not codes:
                raise
        if len(codes) > 1:
            raise SeveralUnits(name=name)
        return codes.pop()


@dataclass(frozen=True, slots=True)
class New:
    code: str
    parent: str
    """The code of the unit above, which may itself be new."""
    since: date
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    unit: Unit
    data: Mapping[str, str]


def check(context: Context, rows: Sequence[Row]) -> Checked:
    found, known = Findings(), _known(context)
    for row in rows:
        known.announce(row)
    for row in context.counted(rows):
        code = row.text("code")
        unit = known.units.by_code.get(code)
        if code:
            found.is_first(code, row, "code")
        if unit is None:
            _check_new(context, row, known, found)
        else:
            _check_known(row, unit, known, found)
    _check_circles(known, found)
    return found.checked


def _known(context: Context) -> Known:
    lasting = Ancestry.objects.filter(depth=1, until__isnull=True)
    return Known(
        units=common.units_with(context, Right.ADMINISTER),
        seen=common.units_with(context, Right.READ),
        parents=dict(lasting.values_list("unit_id", "ancestor_id")),
        codes=frozenset(Unit.objects.values_list("code", flat=True)),
        kinds=common.values_by_label(UnitKind.choices),
    )


def _check_known(row: Row, unit: Unit, known: Known, found: Findings) -> None:
    before = {code: getattr(unit, code) for code in HEAD_DATA}
    data = _data(row, known, before)
    if data != before:
        _check_data(row, data, found)
    if row.day("since") != unit.since:
        common.only_in_the_system(row, "since", found)
    if "until" in row.cells and row.day("until") != unit.until:
        common.only_in_the_system(row, "until", found)
    _check_not_moved(row, unit, known, found)
    if found.has_faults(row):
        return
    if data == before:
        found.same += 1
        return
    _look_at_data(row, data, found)
    labels = {column.code: column.label for column in columns()}
    told = differences(_in_words(before), _in_words(data), labels)
    text = _("%(name)s — %(changes)s") % {"name": unit.name, "changes": told}
    found.changes.append(Change(row.number, is_new=False, words=text, plan=Changed(unit, data)))


def _check_not_moved(row: Row, unit: Unit, known: Known, found: Findings) -> None:
    """An empty cell says nothing of the place: the highest unit of an export has none above it there."""
    if not row.text("parent"):
        return
    with found.refusals(row, "parent"):
        above = known.seen.by_code.get(known.code_named(row.text("parent")))
        if above is None or above.pk != known.parents.get(unit.pk):
            text = _("This unit stands elsewhere. Move it on its page, and leave this cell as it was.")
            found.fault(row, "parent", text)


def _check_new(context: Context, row: Row, known: Known, found: Findings) -> None:
    code, since, data = row.text("code"), row.day("since"), _data(row, known, dict.fromkeys(HEAD_DATA, ""))
    if code and not rules.is_unit_code(code):
        found.fault(row, "code", str(BadCode()))
    elif code in known.codes:
        found.fault(row, "code", str(CodeTaken(taken=code)))
    if code and row.day("until"):
        found.fault(row, "until", _("A new unit has no last day yet. Leave this cell empty."))
    _check_data(row, data, found)
    parent = _parent_of_new(context, row, since, known, found)
    if code and parent and since and not found.has_faults(row):
        _look_at_data(row, data, found)
        text = _("%(name)s, %(kind)s, under %(parent)s") % {
            "name": data["name"],
            "kind": row.text("kind"),
            "parent": row.text("parent"),
        }
        plan = New(code, parent, since, data)
        found.changes.append(Change(row.number, is_new=True, words=text, plan=plan))


def _parent_of_new(
    context: Context, row: Row, since: date | None, known: Known, found: Findings
) -> str | None:
    name = row.text("parent")
    if since is not None:
        with found.refusals(row, "since"):
            require_within_reach("since", since, at=context.at)
    if not name:
        if row.text("code"):  # without a code it may be one that is there, of which this cell says nothing
            found.fault(row, "parent", _("Write the unit above: a new unit stands under one."))
        return None
    with found.refusals(row, "parent"):
        code = _code_above(name, known)
        if code and since is not None:
            with found.refusals(row, "since"):
                _require_parent(code, since, known)
        return code
    return None


def _code_above(name: str, known: Known) -> str | None:
    """None where it stands in the file, and its own code cannot be read."""
    try:
        code = known.code_named(name)
    except NoSuchUnit:
        if words.folded(name) in known.nameless:
            return None
        raise
    if code not in known.new and code not in known.units.by_code:
        raise NoSuchUnit(name=name)
    return code


def _require_parent(code: str, since: date, known: Known) -> None:
    if code in known.units.by_code:
        tree.require_parent(known.units.by_code[code], since=since)
        return
    above = known.new[code].day("since")
    if above is not None and since < above:
        raise tree.BeforeItsParent("since", since=above)


def _data(row: Row, known: Known, before: Mapping[str, str]) -> dict[str, str]:
    """What the row says; of columns that the file does not have, what was there before."""
    data = {code: row.text(code) if code in row.cells else before[code] for code in HEAD_DATA}
    data["uscc"] = data["uscc"].upper()
    data["kind"] = known.kinds.get(data["kind"], data["kind"])
    return data


def _check_data(row: Row, data: Mapping[str, str], found: Findings) -> None:
    if data["division_code"] and not rules.is_division_code(data["division_code"]):
        found.fault(row, "division_code", str(BadDivisionCode()))


def _look_at_data(row: Row, data: Mapping[str, str], found: Findings) -> None:
    """As the page of the unit says it; what is written on the certificate may yet be so."""
    if data["uscc"] and not rules.is_uscc_plausible(data["uscc"]):
        found.warn(
            row, "uscc", _("Its check digit does not fit (GB 32100). Compare it with the certificate.")
        )


def _in_words(data: Mapping[str, str]) -> dict[str, Cell]:
    return {**data, "kind": str(UnitKind(data["kind"]).label)}


def _check_circles(known: Known, found: Findings) -> None:
    news = [change.plan for change in found.changes if change.is_new]
    _levels, circle = in_levels(news)
    for plan in circle:
        text = _("These units stand one above the other in a circle. Correct what is above.")
        found.fault(known.new[plan.code], "parent", text)


def in_levels(news: Sequence[New]) -> tuple[list[list[New]], list[New]]:
    """Each level stands under what is there already or under a level before it; and those that never do."""
    levels: list[list[New]] = []
    waiting = list(news)
    while waiting:
        codes = {plan.code for plan in waiting}
        level = [plan for plan in waiting if plan.parent not in codes]
        if not level:
            return levels, waiting
        levels.append(level)
        waiting = [plan for plan in waiting if plan.parent in codes]
    return levels, []


def apply(context: Context, changes: Sequence[Change]) -> None:
    numbers = {change.plan.code: change.row for change in changes if change.is_new}
    ids = {unit.code: unit.pk for unit in common.units_with(context, Right.ADMINISTER).by_code.values()}
    levels, _circle = in_levels([change.plan for change in changes if change.is_new])
    for plan in context.counted(plan for level in levels for plan in level):
        with refusing_row(numbers[plan.code]):
            ids[plan.code] = _create(context, plan, ids[plan.parent])
    for change in changes:
        if not change.is_new:
            with refusing_row(change.row):
                _change(context, change.plan)


def _create(context: Context, plan: New, parent_id: int) -> int:
    data = {name: value for name, value in plan.data.items() if name != "kind"}
    unit = operations.create_unit(
        actor=context.actor,
        parent_id=parent_id,
        code=plan.code,
        kind=UnitKind(plan.data["kind"]),
        since=plan.since,
        at=context.at,
        **data,
    )
    return unit.pk


def _change(context: Context, plan: Changed) -> None:
    data = {name: value for name, value in plan.data.items() if name != "kind"}
    operations.change_unit(
        actor=context.actor,
        unit_id=plan.unit.pk,
        version=plan.unit.version,
        at=context.at,
        kind=UnitKind(plan.data["kind"]),
        **data,
    )


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    names = common.units_with(context, Right.READ)
    lasting = Ancestry.objects.filter(depth=1, until__isnull=True)
    parents = dict(lasting.values_list("unit_id", "ancestor_id"))
    by_id = {unit.pk: unit for unit in names.by_code.values()}
    found = Unit.objects.filter(id__in=common.ids_below(context)).order_by("code")
    if context.filters.get("q"):
        found = found.filter(matching_units(context.filters["q"]))
    if context.filters.get("kind") in UnitKind.values:
        found = found.filter(kind=context.filters["kind"])
    if not context.filters.get("ended"):
        found = found.filter(until__isnull=True)
    for unit in found:
        above = by_id.get(parents.get(unit.pk, 0))
        yield (
            *(unit.code, unit.name, unit.short_name, str(UnitKind(unit.kind).label)),
            names.written(above) if above else "",
            *(unit.since, unit.until, unit.uscc, unit.division_code, unit.address),
        )


UNITS = Sheet(
    code="units",
    label=gettext_lazy("Units"),
    right=Right.ADMINISTER,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=10,
    hint=gettext_lazy("Units and where they stand. The code tells which unit a row is."),
)
