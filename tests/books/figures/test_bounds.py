"""What figures are checked against: seeded, set by the federation, applied when they are read."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.books.figures import operations
from jiangong.books.figures.models import Bound
from jiangong.books.figures.queries import compared, read_compared, read_figure, read_figures
from jiangong.books.figures.queries.readings import FigureUnknown
from jiangong.books.figures.rules.bounds import Every, Frequency, Limits
from jiangong.books.figures.rules.catalogue import FigureKey, catalogue
from jiangong.books.ledger import operations as ledger
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.rules import (
    AUDIENCE,
    HELD,
    HOUSEHOLDS,
    IN_COMMUNITIES,
    MONEY,
    PARTICIPANTS,
    PUBLICITY,
    VENUES,
    ActivityContent,
)
from tests.books.figures.posted import act, period, post
from tests.conftest import AT, SYSTEM, TODAY, MakeRecord, World

YEAR = (date(2020, 1, 1), date(2020, 12, 31))
DAY = date(2020, 5, 1)
PER_HOUSEHOLD = "activities.money_per_household"


def set_bound(world: World, actor: Actor, figure: str, **limits: object) -> Bound:
    return operations.set_bound(
        actor=actor,
        federation_id=world.federation.pk,
        figure=figure,
        limits=Limits(**limits),  # type: ignore[arg-type]
        at=AT,
    )


def findings(world: World, figure: str) -> list[tuple[str, tuple[str, str]]]:
    read = read_figure(key=FigureKey.parse(figure), reading=period(world, *YEAR))
    return [(finding.code, finding.compared) for finding in read.findings]


def test_a_book_starts_with_the_defaults_and_keeps_what_was_set(world: World, cast: dict[str, Actor]) -> None:
    assert Bound.objects.count() == len(catalogue)
    assert Bound.objects.get(figure="activities.audience_per_session").limits == Limits(5, 2000, factor=3)
    set_bound(world, cast["head"], HELD, factor=5)
    operations.seed_bounds(actor=SYSTEM, book=world.book, at=AT)
    assert Bound.objects.get(figure=HELD).factor == 5
    assert Bound.objects.count() == len(catalogue)


def test_an_upgrade_gives_new_figures_their_bounds(world: World) -> None:
    Bound.objects.filter(book=world.book, figure=HELD).delete()
    call_command("migrate", verbosity=0)
    assert Bound.objects.get(book=world.book, figure=HELD).factor == 3


def test_people_seed_nothing(world: World, cast: dict[str, Actor]) -> None:
    with pytest.raises(Forbidden):
        operations.seed_bounds(actor=cast["head"], book=world.book, at=AT)


def test_what_is_set_is_kept_and_audited_with_what_was_before(world: World, cast: dict[str, Actor]) -> None:
    frequency = Frequency(1, Every.QUARTER, 2)
    bound = set_bound(world, cast["administrator"], IN_COMMUNITIES, low=1, high=90, frequency=frequency)
    assert Bound.objects.get(pk=bound.pk).limits == Limits(1, 90, frequency=frequency)
    event = AuditEvent.objects.get(verb="bound.set")
    assert (event.subject_type, event.subject_id, event.unit_id) == (
        "bound",
        str(bound.pk),
        world.federation.pk,
    )
    assert event.detail["figure"] == IN_COMMUNITIES
    assert (event.detail["before"]["factor"], event.detail["after"]["factor"]) == (3, None)
    assert event.detail["after"]["frequency"] == {"times": 1, "every": "quarter", "places": 2}


@pytest.mark.parametrize("who,refusal", [("clerk", NotFound), ("stranger", NotFound), ("auditor", Forbidden)])
def test_others_set_nothing(
    world: World, cast: dict[str, Actor], who: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        set_bound(world, cast[who], HELD, factor=5)
    assert not AuditEvent.objects.filter(verb="bound.set").exists()


@pytest.mark.parametrize(
    "figure,limits,refusal,field",
    [
        ("no.such", {}, FigureUnknown, "figure"),
        (f"{HELD}@nowhere", {}, FigureUnknown, "figure"),
        (HELD, {"low": 5}, operations.BandUnreadable, "high"),
        (HELD, {"high": 5}, operations.BandUnreadable, "low"),
        (HELD, {"low": 6, "high": 5}, operations.BandUnreadable, "high"),
        (HELD, {"low": 0, "high": 10**30}, operations.BandUnreadable, "high"),
        (HELD, {"factor": 1}, operations.FactorUnreadable, "factor"),
        (HELD, {"factor": 10**6}, operations.FactorUnreadable, "factor"),
        (HELD, {"frequency": Frequency(0, Every.YEAR, 1)}, operations.FrequencyIncomplete, "times"),
        (HELD, {"frequency": Frequency(1, Every.YEAR, 10**6)}, operations.FrequencyIncomplete, "times"),
        (HELD, {"at_most": HELD}, operations.WholeUnfit, "at_most"),
        (HELD, {"at_most": AUDIENCE}, operations.WholeUnfit, "at_most"),
        (HELD, {"at_most": "no.such"}, operations.WholeUnfit, "at_most"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(
    world: World,
    cast: dict[str, Actor],
    figure: str,
    limits: dict[str, object],
    refusal: type[DomainError],
    field: str,
) -> None:
    with pytest.raises(refusal) as refused:
        set_bound(world, cast["head"], figure, **limits)
    assert refused.value.field == field
    assert str(refused.value)


def test_two_figures_do_not_bound_one_another(world: World, cast: dict[str, Actor]) -> None:
    set_bound(world, cast["head"], VENUES, at_most=PUBLICITY)
    with pytest.raises(operations.WholeUnfit):
        set_bound(world, cast["head"], PUBLICITY, at_most=VENUES)


def test_a_band_is_checked_when_a_figure_is_read(world: World, cast: dict[str, Actor]) -> None:
    post(world, act(HELD, DAY, 3))
    assert findings(world, HELD) == []
    set_bound(world, cast["head"], HELD, low=4, high=9)
    assert findings(world, HELD) == [("P2", ("3", "4"))]


def test_a_price_names_what_each_one_got(world: World, cast: dict[str, Actor]) -> None:
    record = activities.enter_activity(
        actor=cast["clerk"],
        uuid=uuid4(),
        kind_id=ActivityKind.objects.get(book=world.book, code="visit").pk,
        unit_id=world.union.pk,
        content=ActivityContent(
            title="走访慰问", happened_on=DAY, quantities={MONEY: 900_000, HOUSEHOLDS: 1}
        ),
        at=AT,
        today=TODAY,
    )
    ledger.submit_record(actor=cast["clerk"], record_id=record.pk, at=AT)
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, override="无照片", at=AT)
    assert findings(world, PER_HOUSEHOLD) == [("P8", ("9000.00", "5000"))]


def test_a_part_is_not_larger_than_its_whole(world: World, cast: dict[str, Actor]) -> None:
    set_bound(world, cast["head"], VENUES, at_most=PUBLICITY)
    assert findings(world, VENUES) == []
    post(world, act(VENUES, DAY, 3))
    assert findings(world, VENUES) == [("P13", ("3", "0"))]
    keys = [FigureKey(code) for code in (HELD, VENUES, HELD)]
    assert [item.key for item in read_figures(keys=keys, reading=period(world, *YEAR))] == keys


def test_of_people_it_is_another_check(world: World, cast: dict[str, Actor]) -> None:
    """No figure that ships bounds another of people yet: one that is never booked stands for those on file."""
    post(world, act(PARTICIPANTS, DAY, subject=1))
    bound = Bound.objects.get(figure=PARTICIPANTS)
    bound.at_most = f"{PARTICIPANTS}@none"
    bound.save()
    assert findings(world, PARTICIPANTS) == [("P6", ("1", "0"))]


def test_a_count_is_explained_by_its_frequency(world: World, cast: dict[str, Actor]) -> None:
    post(world, act(HELD, DAY, 9))
    set_bound(world, cast["head"], HELD, frequency=Frequency(1, Every.QUARTER, 2))
    assert findings(world, HELD) == [("P7", ("9", "8"))]


def test_different_persons_are_no_more_than_live_there(world: World) -> None:
    world.federation.reference_counts.update(value=1)
    post(world, act(PARTICIPANTS, DAY, subject=1), act(PARTICIPANTS, DAY, subject=2))
    assert findings(world, PARTICIPANTS) == [("P1", ("2", "1"))]


def test_attendances_are_no_more_than_live_there_unless_the_federation_says_what_is_usual(
    world: World, cast: dict[str, Actor]
) -> None:
    post(world, act(AUDIENCE, DAY, 100_000_000))
    assert findings(world, AUDIENCE) == [("P1", ("100000000", "810000"))]
    set_bound(world, cast["head"], AUDIENCE, low=1, high=2_000_000)
    assert findings(world, AUDIENCE) == [("P2", ("100000000", "2000000"))]
    set_bound(world, cast["head"], AUDIENCE, low=1, high=200_000_000)
    assert findings(world, AUDIENCE) == []


def test_a_figure_and_the_period_before_are_read_together(world: World) -> None:
    post(world, act(HELD, date(2019, 5, 1), 2), act(HELD, DAY, 7))
    (told,) = read_compared(keys=[FigureKey(HELD)], reading=period(world, *YEAR), on=TODAY)
    assert [(finding.code, finding.compared) for finding in told.findings] == [("P14", ("7", "2"))]
    first = period(world, date(1, 1, 1), date(2020, 12, 31))
    assert read_compared(keys=[FigureKey(HELD)], reading=first, on=TODAY)[0].findings == ()


def test_a_change_is_told_where_the_period_before_is_read(world: World) -> None:
    post(world, act(HELD, date(2019, 5, 1), 2), act(HELD, DAY, 7))
    now = read_figure(key=FigureKey(HELD), reading=period(world, *YEAR))
    before = read_figure(key=FigureKey(HELD), reading=period(world, date(2019, 1, 1), date(2019, 12, 31)))
    assert now.findings == ()
    (told,) = compared(now=[now], before={HELD: before}, on=TODAY)
    assert [(finding.code, finding.compared) for finding in told.findings] == [("P14", ("7", "2"))]
    (fallen,) = compared(now=[before], before={HELD: now}, on=date(2021, 1, 1))
    assert [finding.code for finding in fallen.findings] == ["P14"]
    (not_over,) = compared(now=[before], before={HELD: now}, on=date(2019, 12, 31))
    assert not_over.findings == ()


def test_a_part_takes_the_bounds_of_its_figure_as_far_as_they_hold_for_parts(
    world: World, cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    make_record(audience=2)
    set_bound(world, cast["head"], HELD, low=100, high=200, factor=3)
    assert findings(world, f"{HELD}@lecture") == []
    assert findings(world, "activities.audience_per_session@lecture") == [("P2", ("2.0", "5"))]
    set_bound(world, cast["head"], f"{HELD}@lecture", low=2, high=9)
    assert findings(world, f"{HELD}@lecture") == [("P2", ("1", "2"))]


def test_more_figures_and_more_bounds_cost_no_more_statements(world: World, cast: dict[str, Actor]) -> None:
    reading = period(world, *YEAR)
    post(world, act(HELD, DAY), act(VENUES, DAY), act(PARTICIPANTS, DAY, subject=1))
    few = [FigureKey(code) for code in (HELD, VENUES, PARTICIPANTS)]
    everything = [FigureKey(figure.code) for figure in catalogue]
    read_figures(keys=everything, reading=reading)
    with CaptureQueriesContext(connection) as small:
        read_figures(keys=few, reading=reading)
    set_bound(world, cast["head"], VENUES, at_most=PUBLICITY)
    with CaptureQueriesContext(connection) as large:
        read_figures(keys=everything, reading=reading)
    assert len(large) == len(small)
