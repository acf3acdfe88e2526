"""The sheet of people: somebody is known by unit and name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.ground.organization import access, operations
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person, Unit
from jiangong.ground.organization.operations import tree
from jiangong.ground.organization.operations.people import HasLeft
from jiangong.ground.organization.queries.search import matching_people
from jiangong.ground.organization.sheets import common
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

Key = tuple[int, str]


def columns(context: Context | None = None) -> list[Column]:
    until = _("Leave it as it is: who leaves is entered on their own page.")
    return [
        common.unit_column(context, Right.ADMINISTER),
        Column("name", _("Full name"), required=True, longest=60, note=_("Unit and name tell who it is.")),
        Column("title", _("Position held"), longest=80, width=22),
        Column("until", _("Last day"), CellKind.DAY, note=until),
    ]


@dataclass(frozen=True, slots=True)
class New:
    unit_id: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Changed:
    person: Person
    title: str


def check(context: Context, rows: Sequence[Row]) -> Checked:
    """Rows of one key are held together against the people of that key: two of one name may be two people."""
    found, units = Findings(), common.units_with(context, Right.ADMINISTER)
    entries: dict[Key, list[tuple[Row, Unit]]] = {}
    for row in context.counted(rows):
        unit = common.unit_of(row, units, found)
        if unit is not None and row.text("name"):
            entries.setdefault((unit.pk, row.text("name")), []).append((row, unit))
    known = _known(context)
    for key, asked in entries.items():
        _check_key(asked, known.get(key, []), found)
    return found.checked


def _known(context: Context) -> dict[Key, list[Person]]:
    scope = access.unit_ids_in_scope(context.actor, Right.ADMINISTER)
    known: dict[Key, list[Person]] = {}
    for person in Person.objects.filter(unit_id__in=scope).order_by("id"):
        known.setdefault((person.unit_id, person.name), []).append(person)
    return known


def _check_key(asked: Sequence[tuple[Row, Unit]], known: list[Person], found: Findings) -> None:
    """Whoever is written as they are is the same; of what is left, one row and one person may differ."""
    left = list(known)
    open_rows = []
    for row, unit in asked:
        same = None if row.faults else next((person for person in left if _is_same(row, person)), None)
        if same is None:
            open_rows.append((row, unit))
        else:
            left.remove(same)
            found.same += 1
    for row, unit in open_rows:
        if len(asked) > 1 or len(left) > 1:
            if row.faults:  # what it will say once it is mended tells whose row it is
                continue
            text = _("Several people of this name are in this unit. Enter or change them on their own pages.")
            found.fault(row, "name", text)
        elif left:
            _check_changed(row, left[0], found)
        else:
            _check_new(row, unit, found)


def _is_same(row: Row, person: Person) -> bool:
    return _title(row, person) == person.title and row.day("until") == person.until


def _title(row: Row, person: Person) -> str:
    return row.text("title") if "title" in row.cells else person.title


def _check_changed(row: Row, person: Person, found: Findings) -> None:
    if "until" in row.cells and row.day("until") is not None and row.day("until") != person.until:
        common.only_in_the_system(row, "until", found)
    elif person.until is not None:
        found.fault(row, "name", str(HasLeft(person=person.name, until=person.until)))
    else:
        if row.faults:
            return
        title = _title(row, person)
        told = differences({"title": person.title}, {"title": title}, {"title": columns()[2].label})
        text = _("%(name)s — %(changes)s") % {"name": person.name, "changes": told}
        found.changes.append(Change(row.number, is_new=False, words=text, plan=Changed(person, title)))


def _check_new(row: Row, unit: Unit, found: Findings) -> None:
    if row.day("until"):
        found.fault(row, "until", _("Somebody new has no last day yet. Leave this cell empty."))
    with found.refusals(row, "unit"):
        tree.require_in_being(unit, field="unit")
    if not found.has_faults(row):
        plan = New(unit.pk, row.text("name"), row.text("title"))
        text = "，".join(filter(None, (plan.name, unit.name, plan.title)))
        found.changes.append(Change(row.number, is_new=True, words=text, plan=plan))


def apply(context: Context, changes: Sequence[Change]) -> None:
    for change in context.counted(changes):
        with refusing_row(change.row):
            _apply(context, change.plan)


def _apply(context: Context, plan: New | Changed) -> None:
    if isinstance(plan, New):
        operations.add_person(
            actor=context.actor, unit_id=plan.unit_id, name=plan.name, title=plan.title, at=context.at
        )
        return
    operations.change_person(
        actor=context.actor,
        person_id=plan.person.pk,
        version=plan.person.version,
        name=plan.person.name,
        title=plan.title,
        at=context.at,
    )


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """As the list of people shows them: those who left only where it shows them."""
    names = common.units_with(context, Right.READ)
    found = Person.objects.filter(unit_id__in=common.ids_below(context)).select_related("unit")
    found = found.filter(until__isnull=not context.filters.get("gone"))
    if context.filters.get("q"):
        found = found.filter(matching_people(context.filters["q"]))
    for person in found.order_by("unit__code", "pinyin", "id"):
        yield names.written(person.unit), person.name, person.title, person.until


PEOPLE = Sheet(
    code="people",
    label=gettext_lazy("Personnel"),
    right=Right.ADMINISTER,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=20,
    hint=gettext_lazy("Who belongs to which unit, and their position. Accounts are not made here."),
)
