"""The dated tree: a unit that moves takes its future along, not its past."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Ancestry, Unit, UnitKind
from jiangong.ground.organization.operations.errors import DayTooFar, NotYet, UnitEnded, Unsound
from jiangong.ground.organization.operations.tree import (
    BadMove,
    BeforeItsParent,
    MoveTooEarly,
    NotEarlier,
    OtherFederation,
    SamePlace,
)
from jiangong.ground.organization.operations.units import (
    AlreadyEnded,
    BadDivisionCode,
    CodeTaken,
    HasUnitsBelow,
    IsFederation,
    NotEnded,
)
from jiangong.ground.shared.actors import Actor, SystemActor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from tests.conftest import AT, SYSTEM, TODAY, MakeRecord, World

DAY = date(2019, 6, 1)


def make(parent: Unit, code: str, *, since: date = date(2018, 1, 1), kind: UnitKind = UnitKind.GRID) -> Unit:
    return operations.create_unit(
        actor=SYSTEM, parent_id=parent.pk, code=code, name=f"单位{code}", kind=kind, since=since, at=AT
    )


def path_on(unit: Unit, day: date) -> list[int]:
    return queries.lineage(unit_id=unit.pk).on(day)


def audited(verb: str, unit: Unit) -> AuditEvent:
    return AuditEvent.objects.get(verb=verb, subject_type="unit", subject_id=str(unit.pk))


def change(actor: Actor, unit: Unit, **over: object) -> Unit:
    fields = {"name": unit.name, "short_name": "", "uscc": "", "division_code": "", "address": ""}
    return operations.change_unit(
        actor=actor,
        unit_id=unit.pk,
        version=unit.version,
        at=AT,
        **{**fields, **over},  # type: ignore[arg-type]
    )


def test_a_new_unit_stands_under_its_parent_from_its_first_day(world: World) -> None:
    grid = make(world.community, "YM-1", since=DAY)
    assert path_on(grid, DAY) == [grid.pk, world.community.pk, world.federation.pk]
    assert path_on(grid, DAY - timedelta(days=1)) == []
    assert audited("unit.create", grid).detail == {"code": "YM-1", "parent": world.community.pk}


def test_only_an_administrator_creates_units(cast: dict[str, Actor], world: World) -> None:
    def create(name: str) -> None:
        operations.create_unit(
            actor=cast[name],
            parent_id=world.union.pk,
            code="X",
            name="新",
            kind=UnitKind.GRID,
            since=DAY,
            at=AT,
        )

    with pytest.raises(Forbidden):
        create("clerk")
    with pytest.raises(NotFound):
        create("stranger")
    create("administrator")


def test_a_code_belongs_to_one_unit(world: World) -> None:
    with pytest.raises(CodeTaken) as refused:
        make(world.federation, "GD")
    assert refused.value.field == "code"


def test_a_unit_is_not_older_than_its_parent(world: World) -> None:
    with pytest.raises(BeforeItsParent):
        make(world.community, "YM-1", since=date(2017, 12, 31))


def test_a_mistyped_year_is_refused(world: World) -> None:
    with pytest.raises(DayTooFar):
        make(world.community, "YM-1", since=date(2099, 1, 1))


@pytest.mark.parametrize("name", ["", "  ", "长" * 121], ids=["empty", "blank", "long"])
def test_a_name_is_there_and_fits(world: World, name: str) -> None:
    with pytest.raises(Unsound) as refused:
        change(SYSTEM, world.union, name=name)
    assert refused.value.field == "name"


def test_a_division_code_has_its_digits(world: World) -> None:
    with pytest.raises(BadDivisionCode):
        change(SYSTEM, world.union, division_code="3210")


def test_an_odd_credit_code_is_kept(world: World) -> None:
    assert change(SYSTEM, world.union, uscc=" 91350203m0001qay9b ").uscc == "91350203M0001QAY9B"


def test_a_change_keeps_before_and_after(world: World) -> None:
    change(SYSTEM, world.union, name="国网高邮市供电公司工会", kind=UnitKind.NEW)
    assert audited("unit.change", world.union).detail["changed"] == {
        "name": ["市供电公司工会", "国网高邮市供电公司工会"],
        "kind": ["grassroots", "new"],
    }


def test_a_change_that_changes_nothing_leaves_no_trace(world: World) -> None:
    assert change(SYSTEM, world.union).version == world.union.version
    assert not AuditEvent.objects.filter(verb="unit.change").exists()


def test_an_overtaken_form_is_refused(world: World) -> None:
    change(SYSTEM, world.union, name="甲")
    with pytest.raises(StaleForm):
        change(SYSTEM, world.union, name="乙")


def test_a_move_keeps_the_past(world: World) -> None:
    grid = make(world.community, "YM-1")
    operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=world.union.pk, on=DAY, at=AT)
    before = [grid.pk, world.community.pk, world.federation.pk]
    after = [grid.pk, world.community.pk, world.union.pk, world.federation.pk]
    assert path_on(grid, DAY - timedelta(days=1)) == before
    assert path_on(grid, DAY) == after
    assert audited("unit.move", world.community).detail == {
        "from": world.federation.pk,
        "parent": world.union.pk,
        "on": "2019-06-01",
    }


def test_rights_follow_a_move(cast: dict[str, Actor], world: World) -> None:
    assert not queries.units_page(actor=cast["clerk"], words="御码").hits
    operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=world.union.pk, on=DAY, at=AT)
    assert [hit.unit for hit in queries.units_page(actor=cast["clerk"], words="御码").hits] == [
        world.community
    ]


def test_a_unit_founded_before_its_parent_moved_remembers_both_places(world: World) -> None:
    operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=world.union.pk, on=DAY, at=AT)
    grid = make(world.community, "YM-1", since=date(2018, 5, 1))
    assert path_on(grid, date(2018, 6, 1)) == [grid.pk, world.community.pk, world.federation.pk]
    assert path_on(grid, DAY) == [grid.pk, world.community.pk, world.union.pk, world.federation.pk]


def test_a_unit_cannot_be_placed_under_itself_or_below(world: World) -> None:
    grid = make(world.community, "YM-1")
    for parent in (world.community, grid):
        with pytest.raises(BadMove):
            operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=parent.pk, on=DAY, at=AT)


def test_the_federation_does_not_move(world: World) -> None:
    with pytest.raises(BadMove):
        operations.move_unit(
            actor=SYSTEM, unit_id=world.federation.pk, parent_id=world.union.pk, on=DAY, at=AT
        )


def test_a_unit_stays_in_its_federation(world: World) -> None:
    other = operations.found_federation(
        actor=SYSTEM, code="YZ", name="宝应县总工会", since=date(2000, 1, 1), at=AT
    )
    with pytest.raises(OtherFederation):
        operations.move_unit(actor=SYSTEM, unit_id=world.union.pk, parent_id=other.pk, on=DAY, at=AT)


def test_a_move_to_the_same_place_is_refused(world: World) -> None:
    with pytest.raises(SamePlace):
        operations.move_unit(
            actor=SYSTEM, unit_id=world.union.pk, parent_id=world.federation.pk, on=DAY, at=AT
        )


def test_a_move_is_entered_when_its_day_has_come(world: World) -> None:
    with pytest.raises(NotYet):
        operations.move_unit(
            actor=SYSTEM,
            unit_id=world.community.pk,
            parent_id=world.union.pk,
            on=TODAY + timedelta(days=1),
            at=AT,
        )


@pytest.mark.parametrize("born", [date(2018, 1, 1), date(2019, 6, 1), date(2019, 7, 1)], ids=str)
def test_a_move_comes_after_the_last_change_in_its_subtree(world: World, born: date) -> None:
    make(world.community, "YM-1", since=born)
    on = min(born, DAY)
    with pytest.raises(MoveTooEarly) as refused:
        operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=world.union.pk, on=on, at=AT)
    assert refused.value.params["since"] == born


def test_a_move_comes_after_others_have_left_the_subtree(world: World) -> None:
    grid = make(world.community, "YM-1")
    operations.move_unit(actor=SYSTEM, unit_id=grid.pk, parent_id=world.union.pk, on=DAY, at=AT)
    with pytest.raises(MoveTooEarly):
        operations.move_unit(
            actor=SYSTEM,
            unit_id=world.community.pk,
            parent_id=world.other_union.pk,
            on=DAY - timedelta(days=30),
            at=AT,
        )


def test_entries_on_or_after_the_day_hold_a_unit_in_its_place(make_record: MakeRecord, world: World) -> None:
    record = make_record()
    with pytest.raises(DomainError):
        operations.move_unit(
            actor=SYSTEM,
            unit_id=world.union.pk,
            parent_id=world.community.pk,
            on=record.happened_on,
            at=AT,
        )
    assert Ancestry.objects.filter(unit=world.union, depth=1).count() == 1
    operations.move_unit(
        actor=SYSTEM,
        unit_id=world.union.pk,
        parent_id=world.community.pk,
        on=record.happened_on + timedelta(days=1),
        at=AT,
    )


def test_entries_after_the_last_day_keep_a_unit_in_being(make_record: MakeRecord, world: World) -> None:
    record = make_record()
    with pytest.raises(DomainError):
        operations.dissolve_unit(
            actor=SYSTEM, unit_id=world.union.pk, until=record.happened_on - timedelta(days=1), at=AT
        )
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.union.pk, until=record.happened_on, at=AT)


def test_a_first_day_can_be_moved_back(world: World) -> None:
    operations.correct_start(actor=SYSTEM, unit_id=world.union.pk, since=date(2010, 3, 1), at=AT)
    assert path_on(world.union, date(2010, 3, 1)) == [world.union.pk, world.federation.pk]
    assert path_on(world.union, date(2020, 1, 1)) == [world.union.pk, world.federation.pk]
    assert Ancestry.objects.filter(unit=world.union).count() == 2


def test_a_first_day_moved_back_finds_the_parent_where_it_stood(world: World) -> None:
    operations.move_unit(actor=SYSTEM, unit_id=world.community.pk, parent_id=world.union.pk, on=DAY, at=AT)
    grid = make(world.community, "YM-1", since=DAY + timedelta(days=60))
    operations.correct_start(actor=SYSTEM, unit_id=grid.pk, since=date(2018, 2, 1), at=AT)
    assert path_on(grid, date(2018, 2, 1)) == [grid.pk, world.community.pk, world.federation.pk]
    assert path_on(grid, DAY) == [grid.pk, world.community.pk, world.union.pk, world.federation.pk]


def test_a_first_day_is_never_moved_forward(world: World) -> None:
    with pytest.raises(NotEarlier):
        operations.correct_start(actor=SYSTEM, unit_id=world.union.pk, since=DAY, at=AT)
    with pytest.raises(BeforeItsParent):
        operations.correct_start(actor=SYSTEM, unit_id=world.union.pk, since=date(1999, 1, 1), at=AT)


def test_a_unit_ends_after_those_below_it(world: World) -> None:
    grid = make(world.community, "YM-1")
    with pytest.raises(HasUnitsBelow):
        operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    operations.dissolve_unit(actor=SYSTEM, unit_id=grid.pk, until=DAY, at=AT)
    with pytest.raises(HasUnitsBelow):
        operations.dissolve_unit(
            actor=SYSTEM, unit_id=world.community.pk, until=DAY - timedelta(days=1), at=AT
        )
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    assert audited("unit.dissolve", world.community).detail == {"until": "2019-06-01"}


def test_nothing_is_put_under_a_unit_that_has_ended(world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    with pytest.raises(UnitEnded):
        make(world.community, "YM-1")
    with pytest.raises(UnitEnded):
        operations.move_unit(
            actor=SYSTEM, unit_id=world.union.pk, parent_id=world.community.pk, on=DAY, at=AT
        )


def test_a_dissolution_can_be_taken_back_once(world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    with pytest.raises(AlreadyEnded):
        operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    assert operations.revive_unit(actor=SYSTEM, unit_id=world.community.pk, at=AT).until is None
    with pytest.raises(NotEnded):
        operations.revive_unit(actor=SYSTEM, unit_id=world.community.pk, at=AT)


def test_the_federation_does_not_end(world: World) -> None:
    with pytest.raises(IsFederation):
        operations.dissolve_unit(actor=SYSTEM, unit_id=world.federation.pk, until=DAY, at=AT)


def test_only_the_house_founds_a_federation(cast: dict[str, Actor]) -> None:
    with pytest.raises(Forbidden):
        operations.found_federation(
            actor=cast["administrator"], code="N", name="新", since=date(2000, 1, 1), at=AT
        )


START = date(2015, 1, 1)
LATE = datetime(2020, 12, 31, tzinfo=UTC)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["create", "move", "start"]),
        st.integers(0, 7),
        st.integers(0, 7),
        st.integers(0, 60),
    ),
    max_size=14,
)


class AnyHistory(TestCase):
    """Whatever is created and moved, in whatever order: every day shows one tree."""

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS)
    def test_every_day_shows_one_tree(self, acts: list[tuple[str, int, int, int]]) -> None:
        root = operations.found_federation(actor=SystemActor(), code="R", name="总", since=START, at=LATE)
        units = [root]
        for act, one, other, months in acts:
            _act(act, units, units[one % len(units)], units[other % len(units)], _day(months))
        for unit in units:
            _check(unit, root)


def _day(months: int) -> date:
    return START + timedelta(days=30 * months)


def _act(act: str, units: list[Unit], unit: Unit, parent: Unit, day: date) -> None:
    house = SystemActor()
    try:
        if act == "create":
            code = f"U{len(units)}"
            made = operations.create_unit(
                actor=house, parent_id=parent.pk, code=code, name=code, kind=UnitKind.GRID, since=day, at=LATE
            )
            units.append(made)
        elif act == "move":
            operations.move_unit(actor=house, unit_id=unit.pk, parent_id=parent.pk, on=day, at=LATE)
        else:
            operations.correct_start(actor=house, unit_id=unit.pk, since=day, at=LATE)
    except DomainError:
        return


def _check(unit: Unit, root: Unit) -> None:
    unit.refresh_from_db()
    rows = list(Ancestry.objects.filter(unit=unit))
    for months in range(-1, 62):
        day = _day(months)
        valid = sorted(
            (row for row in rows if row.since <= day and (row.until is None or day < row.until)),
            key=lambda row: row.depth,
        )
        assert bool(valid) == (unit.since <= day)
        assert [row.depth for row in valid] == list(range(len(valid)))
        above = [row.ancestor_id for row in valid]
        if above:
            assert above[0] == unit.pk
            assert above[-1] == root.pk
            assert above[1:] == (queries.lineage(unit_id=above[1]).on(day) if len(above) > 1 else [])
