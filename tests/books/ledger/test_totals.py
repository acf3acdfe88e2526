"""Balances, edges and positions give what a plain sum over the entries gives, whatever happened before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiangong.books.ledger import rules
from jiangong.books.ledger.models import Cause, Entry, Facet, Measure, Posting, Record
from jiangong.books.ledger.operations import posting
from jiangong.books.ledger.operations.errors import DateOutsideLife
from jiangong.books.ledger.queries import many_subjects, subjects, totals, trail
from jiangong.books.ledger.queries.many import Stretch
from jiangong.books.ledger.queries.totals import Reading, Total
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization import queries as units
from jiangong.ground.organization.models import Unit, UnitKind
from jiangong.work.activities.rules import AUDIENCE, HELD, PARTICIPANTS, VENUES
from tests.conftest import AT, SINCE, SYSTEM, MakeRecord, World

FIRST = date(2019, 11, 1)
DAYS = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
CODES = (HELD, AUDIENCE, VENUES, PARTICIPANTS)
PROPERTY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True)
class Act:
    """One posting: a unit's new entry, or the reversal of an earlier posting of ours."""

    unit: int
    code: int
    facet: int
    day: date
    quantity: int
    subject: int
    undo: bool


ACTS = st.lists(
    st.builds(
        Act,
        unit=st.integers(0, 2),
        code=st.integers(0, 3),
        facet=st.integers(0, 2),
        day=DAYS,
        quantity=st.integers(1, 500),
        subject=st.integers(0, 6),
        undo=st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


@dataclass(frozen=True)
class Tree:
    world: World
    upper: Unit
    lower: Unit
    units: Sequence[Unit]


@pytest.fixture
def tree(world: World) -> Tree:
    """Two groups; a team that stood under the first until 2020-01-15, under the second since."""
    upper, lower = (_unit(world.federation, code) for code in ("U1", "U2"))
    team = _unit(upper, "T1")
    organization.move_unit(actor=SYSTEM, unit_id=team.pk, parent_id=lower.pk, on=date(2020, 1, 15), at=AT)
    return Tree(world, upper, lower, (team, upper, lower))


def _unit(parent: Unit, code: str) -> Unit:
    return organization.create_unit(
        actor=SYSTEM, parent_id=parent.pk, code=code, name=code, kind=UnitKind.GRASSROOTS, since=SINCE, at=AT
    )


def perform(tree: Tree, acts: Sequence[Act]) -> None:
    """Post entries straight to the book: what records say is not at stake here."""
    booked: list[list[Entry]] = []
    for number, act in enumerate(acts):
        unit = tree.units[act.unit]
        record = Record.objects.create(
            uuid=f"00000000-0000-0000-0000-{number:012}",
            book=tree.world.book,
            kind="activity",
            unit=unit,
            happened_on=act.day,
            title="x",
            state="confirmed",
            revision=1,
            door="desk",
            entered_at=AT,
            changed_at=AT,
        )
        entries = _reversal(booked.pop()) if act.undo and booked else [_entry(record, act)]
        if not act.undo:
            booked.append(entries)
        tree.world.book.refresh_from_db()
        posted = posting._append(
            tree.world.book, record=record, cause=Cause.CONFIRMED, actor=SYSTEM, at=AT, entries=entries
        )
        lineages = {entry.unit_id: units.lineage(unit_id=entry.unit_id) for entry in entries}
        posting.upsert_balances([(entry, posted.number) for entry in entries], lineages=lineages)


def _entry(record: Record, act: Act) -> Entry:
    code = CODES[act.code]
    measure = posting.measure_number(code)
    facet = 0
    if act.facet:
        name = f"f{act.facet}"
        facet = Facet.objects.get_or_create(measure_id=measure, code=name, defaults={"name": name})[0].pk
    distinct = code == PARTICIPANTS
    return Entry(
        record=record,
        measure_id=measure,
        facet=facet,
        unit_id=record.unit_id,
        day=act.day,
        quantity=1 if distinct else act.quantity,
        subject=act.subject if distinct else None,
        reversal=False,
    )


def _reversal(entries: list[Entry]) -> list[Entry]:
    return [
        Entry(
            record_id=e.record_id,
            measure_id=e.measure_id,
            facet=e.facet,
            unit_id=e.unit_id,
            day=e.day,
            quantity=-e.quantity,
            subject=e.subject,
            reversal=True,
        )
        for e in entries
    ]


def plain(reading: Reading, measure: int, facet: int, *, stock: bool) -> list[Entry]:
    """The entries that count, found one by one."""
    found = []
    last = reading.as_of if reading.as_of is not None else 10**9
    for entry in Entry.objects.filter(measure_id=measure, posting__number__lte=last):
        below = reading.unit_id in units.lineage(unit_id=entry.unit_id).on(entry.day)
        within = (stock or reading.since <= entry.day) and entry.day <= reading.until
        if below and within and facet in {rules.WHOLE, entry.facet}:
            found.append(entry)
    return found


@PROPERTY
@given(acts=ACTS, since=DAYS, length=st.integers(0, 120), back=st.integers(0, 14))
def test_every_reading_equals_the_plain_sum(
    tree: Tree, acts: list[Act], since: date, length: int, back: int
) -> None:
    with transaction.atomic():
        perform(tree, acts)
        position = Posting.objects.filter(book=tree.world.book).count()
        for unit in (tree.world.federation, tree.upper, tree.lower, tree.units[0]):
            for as_of in (None, max(0, position - back)):
                _compare(Reading(unit.pk, since, since + timedelta(days=length), as_of))
        transaction.set_rollback(True)


def _compare(reading: Reading) -> None:
    for code in CODES:
        measure = posting.measure_number(code)
        facets = [0, *Facet.objects.filter(measure_id=measure).values_list("pk", flat=True)]
        for facet in facets:
            key = (measure, facet)
            entries = plain(reading, measure, facet, stock=code == VENUES)
            if code == PARTICIPANTS:
                stretch = Stretch(reading.unit_id, key, reading.since, reading.until)
                many = many_subjects.counts(wanted=[stretch, stretch])
                total = subjects.distinct(reading=reading, wanted=[key])[key]
                assert total == Total(_different(entries), len(entries))
                if reading.as_of is None:
                    assert many == many_subjects.counts(wanted=[stretch, stretch]) == [total.quantity] * 2
                continue
            read = totals.stocks if code == VENUES else totals.flows
            assert read(reading=reading, wanted=[key])[key] == _sum(entries)


def _sum(entries: Sequence[Entry]) -> Total:
    return Total(sum(entry.quantity for entry in entries), len(entries))


def _different(entries: Sequence[Entry]) -> int:
    """Different subjects in the period: those whose entries do not cancel out within a month."""
    sums: dict[tuple[int, int], int] = {}
    for entry in entries:
        key = (entry.subject or 0, rules.month_of(entry.day))
        sums[key] = sums.get(key, 0) + entry.quantity
    return len({subject for (subject, _month), total in sums.items() if total > 0})


@PROPERTY
@given(acts=ACTS, since=DAYS, length=st.integers(0, 120), back=st.integers(0, 14))
def test_every_month_and_every_unit_equals_the_plain_sum(
    tree: Tree, acts: list[Act], since: date, length: int, back: int
) -> None:
    with transaction.atomic():
        perform(tree, acts)
        position = Posting.objects.filter(book=tree.world.book).count()
        for as_of in (None, max(0, position - back)):
            reading = Reading(tree.upper.pk, since, since + timedelta(days=length), as_of)
            for code in CODES:
                measure = posting.measure_number(code)
                for facet in (0, *Facet.objects.filter(measure_id=measure).values_list("pk", flat=True)):
                    _compare_months(reading, (measure, facet), distinct=code == PARTICIPANTS)
                    if code != PARTICIPANTS:
                        _compare_units(reading, tree.units, (measure, facet), stock=code == VENUES)
        transaction.set_rollback(True)


def _compare_months(reading: Reading, key: totals.Key, *, distinct: bool) -> None:
    by_month: dict[int, list[Entry]] = {}
    for entry in plain(reading, *key, stock=False):
        by_month.setdefault(rules.month_of(entry.day), []).append(entry)
    if distinct:
        different = {month: Total(_different(found), len(found)) for month, found in by_month.items()}
        assert subjects.by_month(reading=reading, key=key) == different
    else:
        sums = {month: _sum(found) for month, found in by_month.items()}
        assert totals.by_month(reading=reading, key=key) == sums


def _compare_units(reading: Reading, units: Sequence[Unit], key: totals.Key, *, stock: bool) -> None:
    unit_ids = [unit.pk for unit in units]
    sums = {pk: _sum(plain(replace(reading, unit_id=pk), *key, stock=stock)) for pk in unit_ids}
    assert totals.by_unit(reading=reading, unit_ids=unit_ids, key=key, stock=stock) == sums


def test_a_unit_that_moves_takes_its_future_along_not_its_past(tree: Tree) -> None:
    held = Act(0, 0, 0, date(2020, 1, 10), 3, 0, undo=False)
    perform(tree, [held, Act(0, 0, 0, date(2020, 1, 20), 5, 0, undo=False)])
    key = (posting.measure_number(HELD), 0)
    for unit, expected in ((tree.upper, 3), (tree.lower, 5), (tree.world.federation, 8)):
        reading = Reading(unit.pk, date(2020, 1, 1), date(2020, 1, 31))
        assert totals.flows(reading=reading, wanted=[key])[key].quantity == expected


def test_an_entry_of_a_day_on_which_the_unit_stood_nowhere_is_refused(tree: Tree) -> None:
    with pytest.raises(DateOutsideLife), transaction.atomic():
        perform(tree, [Act(0, 0, 0, SINCE - timedelta(days=1), 3, 0, undo=False)])
    assert not Entry.objects.exists()


def test_the_trail_adds_up_to_the_figure_and_leaves_out_what_was_taken_back(
    world: World, make_record: MakeRecord
) -> None:
    for audience in (30, 41, 52):
        make_record(audience=audience)
    make_record(audience=999, state="withdrawn")
    key = (posting.measure_number(AUDIENCE), 0)
    reading = world.reading()
    lines: list[trail.TrailLine] = []
    after = ""
    while True:
        page = trail.trail(reading=reading, key=key, after=after, size=2)
        lines += page.lines
        after = page.after
        if not after:
            break
    assert sorted(line.quantity for line in lines) == [30, 41, 52]
    assert totals.flows(reading=reading, wanted=[key])[key].quantity == 123


@pytest.mark.parametrize("mark", [f"20200501-{10**19}", "20201301-1", "20200501-", "20200501", "x-1", "-"])
def test_a_mark_that_is_none_begins_with_the_first_page(
    world: World, make_record: MakeRecord, mark: str
) -> None:
    make_record(audience=30)
    page = trail.trail(reading=world.reading(), key=(posting.measure_number(AUDIENCE), 0), after=mark)
    assert [line.quantity for line in page.lines] == [30]


def test_reading_takes_as_many_statements_with_many_records_as_with_few(
    world: World, make_record: MakeRecord
) -> None:
    wanted = [(number, 0) for number in Measure.objects.values_list("pk", flat=True)]
    make_record()
    with CaptureQueriesContext(connection) as few:
        totals.flows(reading=world.reading(), wanted=wanted)
    for _ in range(6):
        make_record()
    with CaptureQueriesContext(connection) as many:
        totals.flows(reading=world.reading(), wanted=wanted)
    assert len(few) == len(many) == 1


def test_different_subjects_of_many_keys_and_months_take_one_statement(tree: Tree) -> None:
    days = (date(2019, 11, 3), date(2020, 1, 31), date(2020, 3, 1))
    perform(tree, [Act(0, 3, facet, day, 1, facet, undo=False) for facet in (1, 2) for day in days])
    measure = posting.measure_number(PARTICIPANTS)
    facets = Facet.objects.filter(measure_id=measure).order_by("code").values_list("pk", flat=True)
    wanted = [(measure, facet) for facet in (0, *facets)]
    reading = tree.world.reading()
    assert [total.quantity for total in subjects.distinct(reading=reading, wanted=wanted).values()] == [
        2,
        1,
        1,
    ]
    with CaptureQueriesContext(connection) as counted:
        again = subjects.distinct(reading=reading, wanted=wanted)
    assert [total.quantity for total in again.values()] == [2, 1, 1]
    assert len(counted) == 1


def test_different_subjects_of_many_units_and_periods_take_two_statements(tree: Tree) -> None:
    days = (date(2019, 11, 3), date(2020, 1, 31), date(2020, 3, 1))
    perform(tree, [Act(0, 3, facet, day, 1, facet, undo=False) for facet in (1, 2) for day in days])
    key = (posting.measure_number(PARTICIPANTS), 0)
    units = (tree.world.federation, tree.upper, tree.lower, *tree.units)
    wanted = [
        Stretch(unit.pk, key, date(2019, 10, 1 + turn), date(2020, 3, 1 + turn))
        for unit in units
        for turn in range(9)
    ]
    first = many_subjects.counts(wanted=wanted)
    with CaptureQueriesContext(connection) as counted:
        assert many_subjects.counts(wanted=wanted) == first
    assert len(counted) == 2
    assert many_subjects.counts(wanted=[]) == []
    assert first == [
        subjects.distinct(reading=Reading(item.unit_id, item.since, item.until), wanted=[key])[key].quantity
        for item in wanted
    ]


@given(since=DAYS, length=st.integers(0, 400))
def test_a_span_covers_every_day_once(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    span = rules.span(since, until)
    days = []
    if span.has_months:
        for month in rules.months_between(span.first_month, span.last_month):
            days += _days(rules.first_day(month), rules.last_day(month))
    for first, last in span.edges:
        days += _days(first, last)
    assert sorted(days) == _days(since, until)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
