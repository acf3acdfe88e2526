"""/organization/units/…/: one unit with everything known of it."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import CountKind, Person, Post, UnitKind
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, SYSTEM, TODAY, World
from tests.ground.organization.asking import Asking, readers, text_of


def test_shows_who_leads_and_since_when(pages: Asking, world: World, post: Post) -> None:
    page = text_of(pages.get("unit", world.union.pk))
    for shown in (world.union.name, "创建工作领导小组", "组长", "王建国", "2018年1月1日"):
        assert shown in page


def test_a_colleague_reads_without_the_acts(pages: Asking, world: World, post: Post) -> None:
    page = text_of(pages.get("unit", world.union.pk, by="reviewer"))
    assert "王建国" in page
    assert "/change/" not in page
    assert "/end/" not in page


def test_who_may_read_it(pages: Asking, world: World) -> None:
    assert pages.everybody("unit", world.union.pk) == readers()
    assert pages.everybody("unit", world.federation.pk) == readers(of_the_federation=True)


def test_it_is_only_read(pages: Asking, world: World) -> None:
    assert pages.post("unit", world.union.pk).status_code == 405


def test_a_unit_that_is_none_is_not_found(pages: Asking, world: World) -> None:
    assert pages.get("unit", 987654).status_code == 404


def test_an_odd_credit_code_is_marked(pages: Asking, world: World) -> None:
    odd = operations.create_unit(
        actor=SYSTEM,
        parent_id=world.federation.pk,
        code="WHG",
        name="工人文化宫",
        kind=UnitKind.PALACE,
        since=date(2018, 1, 1),
        uscc="91350203M0001QAY9B",
        at=AT,
    )
    assert "校验码不符" in text_of(pages.get("unit", odd.pk))
    assert "校验码不符" not in text_of(pages.get("unit", world.union.pk))


def test_the_history_tells_where_it_stood(cast: dict[str, Actor], world: World) -> None:
    operations.move_unit(
        actor=SYSTEM,
        unit_id=world.community.pk,
        parent_id=world.union.pk,
        on=date(2019, 6, 1),
        at=AT,
    )
    page = queries.unit_page(actor=cast["administrator"], unit_id=world.community.pk, on=TODAY)
    assert [(place.parent, place.since, place.until) for place in page.placements] == [
        (world.union, date(2019, 6, 1), None),
        (world.federation, date(2018, 1, 1), date(2019, 5, 31)),
    ]
    assert world.union.name in page.history[0].text


def test_counts_stand_with_day_and_source(pages: Asking, world: World) -> None:
    operations.set_reference_count(
        actor=SYSTEM,
        unit_id=world.union.pk,
        kind=CountKind.MEMBERS,
        on=date(2019, 12, 31),
        value=1280,
        source="工会年报",
        at=AT,
    )
    page = text_of(pages.get("unit", world.union.pk))
    assert "1,280" in page
    assert "2019年12月31日，工会年报" in page


def test_a_dissolved_unit_says_so(pages: Asking, world: World) -> None:
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=date(2020, 5, 1), at=AT)
    page = text_of(pages.get("unit", world.community.pk))
    assert "该单位已撤销，截止日期为2020年5月1日" in page
    assert "/revive/" in page
    assert "/dissolve/" not in page


def test_holders_from_outside_ones_scope_have_no_link(pages: Asking, world: World) -> None:
    officer = operations.add_person(actor=SYSTEM, unit_id=world.federation.pk, name="沈玉兰", at=AT)
    operations.appoint(
        actor=SYSTEM,
        unit_id=world.union.pk,
        person_id=officer.pk,
        body="指导组",
        title="组长",
        since=date(2019, 1, 1),
        at=AT,
    )
    link = f"/organization/people/{officer.pk}/"
    assert link in text_of(pages.get("unit", world.union.pk))
    page = text_of(pages.get("unit", world.union.pk, by="clerk"))
    assert "沈玉兰" in page
    assert link not in page


def test_the_number_of_queries_stays_as_people_grow(
    cast: dict[str, Actor], world: World, post: Post, person: Person
) -> None:
    def number() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.unit_page(actor=cast["administrator"], unit_id=world.union.pk, on=TODAY)
        return len(seen)

    few = number()
    for place in range(10):
        other = operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name=f"成员{place}", at=AT)
        operations.appoint(
            actor=SYSTEM,
            unit_id=world.union.pk,
            person_id=other.pk,
            body="创建工作领导小组",
            title="成员",
            since=date(2019, 1, 1),
            at=AT,
        )
    assert number() == few
