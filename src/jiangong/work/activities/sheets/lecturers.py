"""The sheet of lecturers: each is a person, known by unit and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Person
from jiangong.ground.organization.operations.errors import EndBeforeStart, require_within_reach
from jiangong.ground.organization.queries import NamedUnits
from jiangong.ground.organization.sheets import common
from jiangong.ground.shared.rules import words
from jiangong.ground.shared.translation import day_in_words
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
from jiangong.ground.sheets.rules.writing import MOST_OFFERED
from jiangong.work.activities import operations, queries
from jiangong.work.activities.models import Lecturer, Topic

BETWEEN = "、"
APART = str.maketrans("，,；;/", BETWEEN * 5)
MOST_SIGNS = 2000
Key = tuple[int, str]


def columns(context: Context) -> list[Column]:
    known = _topics(_book(context))
    said = _("What they speak on, with 、 between them: %(topics)s.") % {"topics": BETWEEN.join(known)}
    until = _("The last day as a lecturer; empty while it lasts.")
    return [
        common.unit_column(context, Right.CONFIGURE),
        Column(
            "name",
            _("Lecturer"),
            required=True,
            longest=60,
            note=_("Somebody of this unit."),
            offers=lambda: _offered_people(context),
        ),
        Column("topics", _("Topics"), longest=MOST_SIGNS, width=36, note=said, offers=lambda: list(known)),
        Column("since", _("Lecturer since"), CellKind.DAY, True, _("Such as 2020-05-01.")),
        Column("until", _("Until"), CellKind.DAY, note=until),
    ]


def _offered_people(context: Context) -> list[str]:
    """Who may be added, cut to what a list takes: those who are lecturers already are there."""
    scope = access.unit_ids_in_scope(context.actor, Right.CONFIGURE)
    people = Person.objects.filter(unit_id__in=scope, until__isnull=True, lecturer__isnull=True)
    return list(people.order_by("unit__code", "pinyin", "pk").values_list("name", flat=True)[:MOST_OFFERED])


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody who may be a lecturer, by unit and name; who is one; what may be spoken on."""

    units: NamedUnits
    people: Mapping[Key, Sequence[Person]]
    lecturers: Mapping[int, Lecturer]
    shown: Mapping[tuple[str, str], Sequence[Lecturer]]
    """All of the federation, by unit and name as an export writes them."""
    topics: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class New:
    person_id: int
    topic_ids: tuple[int, ...]
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Ended:
    lecturer_id: int
    until: date
    before: date | None = None


def _book(context: Context) -> Book:
    return totals.book_of(unit_id=context.unit_id)


def _topics(book: Book) -> dict[str, int]:
    return dict(Topic.objects.filter(book=book).values_list("name", "pk"))


def _known(context: Context) -> Known:
    book = _book(context)
    people: dict[Key, list[Person]] = {}
    scope = access.unit_ids_in_scope(context.actor, Right.CONFIGURE)
    for person in Person.objects.filter(unit_id__in=scope):
        people.setdefault((person.unit_id, person.name), []).append(person)
    found = Lecturer.objects.filter(book=book).select_related("person__unit").prefetch_related("topics")
    names, shown = common.units_with(context, Right.READ), dict[tuple[str, str], list[Lecturer]]()
    for lecturer in found:
        key = (words.line(names.written(lecturer.person.unit)), words.line(lecturer.person.name))
        shown.setdefault(key, []).append(lecturer)
    return Known(
        units=common.units_with(context, Right.CONFIGURE),
        people=people,
        lecturers={lecturer.person_id: lecturer for lecturer in found},
        shown=shown,
        topics=_topics(book),
    )


def check(context: Context, rows: Sequence[Row]) -> Checked:
    """Whoever is written as they are is the same, and not checked."""
    found, known = Findings(), _known(context)
    for row in context.counted(rows):
        there = known.shown.get((row.text("unit"), row.text("name")), ())
        same = None if row.faults else next((one for one in there if _is_same(row, one)), None)
        if same is not None and found.is_first(same.person_id, row, "name"):
            found.same += 1
        elif same is None:
            _check_row(context, row, known, found)
    return found.checked


def _is_same(row: Row, lecturer: Lecturer) -> bool:
    """Of columns that the file does not have, nothing is said."""
    return (
        row.day("since") == lecturer.since
        and ("topics" not in row.cells or set(_named_topics(row)) == _topics_of(lecturer))
        and ("until" not in row.cells or row.day("until") == lecturer.until)
    )


def _topics_of(lecturer: Lecturer) -> set[str]:
    return {topic.name for topic in lecturer.topics.all()}


def _check_row(context: Context, row: Row, known: Known, found: Findings) -> None:
    unit = common.unit_of(row, known.units, found)
    _check_topics(row, known, found)
    person = _person(row, unit.pk, known, found) if unit is not None and row.text("name") else None
    lecturer = known.lecturers.get(person.pk) if person is not None else None
    if person is not None:
        found.is_first(person.pk, row, "name")
    if lecturer is not None:
        _check_known(row, lecturer, found)
    else:
        _check_new(context, row, person, known, found)


def _person(row: Row, unit_id: int, known: Known, found: Findings) -> Person | None:
    people = known.people.get((unit_id, row.text("name")), ())
    if len(people) > 1:
        found.fault(
            row, "name", _("Several people of this name are in this unit. Add the lecturer on the page.")
        )
    elif not people:
        found.fault(
            row, "name", _("Nobody of this name is in this unit. Add the person first, or correct the name.")
        )
    return people[0] if len(people) == 1 else None


def _check_topics(row: Row, known: Known, found: Findings) -> None:
    for name in _named_topics(row):
        if name not in known.topics:
            text = _("“%(topic)s” is no topic here. Choose from: %(topics)s.")
            found.fault(row, "topics", text % {"topic": name, "topics": BETWEEN.join(known.topics)})


def _named_topics(row: Row) -> list[str]:
    parts = row.text("topics").translate(APART).split(BETWEEN)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _check_new(context: Context, row: Row, person: Person | None, known: Known, found: Findings) -> None:
    """Its days are looked at even where nobody knows who is meant."""
    since = row.day("since")
    if since is not None:
        with found.refusals(row, "since"):
            require_within_reach("since", since, at=context.at)
        _check_end(row, since, found)
    if person is None or since is None or found.has_faults(row):
        return
    plan = New(person.pk, tuple(known.topics[name] for name in _named_topics(row)), since, row.day("until"))
    text = _("%(name)s lectures from %(day)s: %(topics)s") % {
        "name": person.name,
        "day": day_in_words(since),
        "topics": row.text("topics") or "—",
    }
    found.changes.append(Change(row.number, is_new=True, words=text, plan=plan))


def _check_end(row: Row, since: date, found: Findings) -> None:
    until = row.day("until")
    if until is not None and until < since:
        found.fault(row, "until", str(EndBeforeStart(since=since)))


def _check_known(row: Row, lecturer: Lecturer, found: Findings) -> None:
    """Of somebody who is a lecturer a sheet says the last day; the rest is there to be recognized."""
    fixed = _("This differs from what is there, and a sheet cannot change it. Put back what was here.")
    if row.day("since") != lecturer.since:
        found.fault(row, "since", fixed)
    if "topics" in row.cells and set(_named_topics(row)) != _topics_of(lecturer):
        found.fault(row, "topics", fixed)
    until = row.day("until") if "until" in row.cells else lecturer.until
    if until != lecturer.until:
        _check_end(row, lecturer.since, found)
    if until is None and lecturer.until is not None:
        found.fault(row, "until", _("Reinstate a lecturer on the page, or put back the last day."))
    if found.has_faults(row):
        return
    if until is None or until == lecturer.until:
        found.same += 1
        return
    told = differences({"until": lecturer.until}, {"until": until}, {"until": _("Until")})
    text = _("%(name)s — %(changes)s") % {"name": row.text("name"), "changes": told}
    plan = Ended(lecturer.pk, until, lecturer.until)
    found.changes.append(Change(row.number, is_new=False, words=text, plan=plan))


def apply(context: Context, changes: Sequence[Change]) -> None:
    book = _book(context)
    for change in context.counted(changes):
        with refusing_row(change.row):
            _apply(context, book, change.plan)


def _apply(context: Context, book: Book, plan: New | Ended) -> None:
    if isinstance(plan, New):
        lecturer = operations.add_lecturer(
            actor=context.actor,
            book=book,
            person_id=plan.person_id,
            topic_ids=plan.topic_ids,
            since=plan.since,
            at=context.at,
        )
        if plan.until is None:
            return
        plan = Ended(lecturer.pk, plan.until)
    operations.end_lecturer(
        actor=context.actor, lecturer_id=plan.lecturer_id, until=plan.until, at=context.at
    )


def rows(context: Context) -> Iterator[Sequence[Cell]]:
    """As the page lists them: everybody who may be asked, of the whole federation."""
    names = common.units_with(context, Right.READ)
    found = queries.lecturer_list(
        actor=context.actor,
        unit_id=context.unit_id,
        since=context.since or context.today,
        until=context.until or context.today,
        words=context.filters.get("q", ""),
    )
    for lecturer in found:
        person, topics = lecturer.person, BETWEEN.join(topic.name for topic in lecturer.topics.all())
        yield names.written(person.unit), person.name, topics, lecturer.since, lecturer.until


LECTURERS = Sheet(
    code="lecturers",
    label=gettext_lazy("Lecturers"),
    right=Right.CONFIGURE,
    columns=columns,
    check=check,
    apply=apply,
    rows=rows,
    reads_faulty=True,
    order=50,
    hint=gettext_lazy("People who may be asked to lecture, and on what. The people have to be there."),
)
