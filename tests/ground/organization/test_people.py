"""People come, hold posts, change units and leave."""

from datetime import date, timedelta

import pytest

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Account, CountKind, Person, ReferenceCount, RoleGrant
from jiangong.ground.organization.operations.counts import BadCount
from jiangong.ground.organization.operations.errors import EndBeforeStart, NotYet, UnitEnded, Unsound
from jiangong.ground.organization.operations.grants import LastAdministrator
from jiangong.ground.organization.operations.people import (
    BeforeUnit,
    HasLeft,
    HasNotLeft,
    HoldsPostAlready,
    SameUnit,
)
from jiangong.ground.organization.operations.reach import BeyondYourUnits
from jiangong.ground.organization.queries.people import bodies_of
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden, NotFound, StaleForm
from tests.conftest import AT, SYSTEM, TODAY, World
from tests.ground.organization.asking import administers

DAY = date(2019, 6, 1)
GROUP = "创建全国文明城市领导小组"


@pytest.fixture
def person(world: World) -> Person:
    return operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王建国", title="主席", at=AT)


def appoint(world: World, person: Person, title: str = "组长", **over: object) -> object:
    fields: dict[str, object] = {"since": DAY, "rank": 1}
    return operations.appoint(
        actor=SYSTEM,
        unit_id=world.federation.pk,
        person_id=person.pk,
        body=GROUP,
        title=title,
        at=AT,
        **{**fields, **over},  # type: ignore[arg-type]
    )


def test_a_person_is_found_by_pinyin(cast: dict[str, Actor], person: Person) -> None:
    page = queries.people_page(actor=cast["clerk"], unit_id=person.unit_id, words="wangjg")
    assert list(page.people) == []
    page = queries.people_page(actor=cast["clerk"], unit_id=person.unit_id, words="wjg")
    assert list(page.people) == [person]


def test_only_an_administrator_adds_people(cast: dict[str, Actor], world: World) -> None:
    def add(name: str) -> Person:
        return operations.add_person(actor=cast[name], unit_id=world.union.pk, name="新人", at=AT)

    with pytest.raises(Forbidden):
        add("reviewer")
    with pytest.raises(NotFound):
        add("stranger")
    assert AuditEvent.objects.get(verb="person.add", subject_id=str(add("administrator").pk)).detail == {}


def test_a_person_has_a_name(world: World) -> None:
    with pytest.raises(Unsound):
        operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name=" ", at=AT)


def test_an_overtaken_change_is_refused(person: Person) -> None:
    operations.change_person(
        actor=SYSTEM, person_id=person.pk, version=1, name="王建国", title="副主席", at=AT
    )
    with pytest.raises(StaleForm):
        operations.change_person(actor=SYSTEM, person_id=person.pk, version=1, name="王", title="", at=AT)


def test_the_leading_group_is_a_list_of_posts(world: World, person: Person) -> None:
    deputy = operations.add_person(actor=SYSTEM, unit_id=world.federation.pk, name="李梅", at=AT)
    appoint(world, deputy, "副组长", rank=2)
    appoint(world, person, "组长", rank=1, since=date(2018, 1, 1), until=date(2019, 5, 31))
    appoint(world, deputy, "组长", rank=1)
    (body,) = bodies_of(unit_id=world.federation.pk, on=TODAY)
    assert [(post.title, post.person) for post in body.present] == [("组长", deputy), ("副组长", deputy)]
    assert [(post.title, post.person) for post in body.former] == [("组长", person)]


def test_nobody_holds_the_same_post_twice_at_once(world: World, person: Person) -> None:
    appoint(world, person, until=date(2019, 12, 31))
    with pytest.raises(HoldsPostAlready):
        appoint(world, person, since=date(2019, 12, 31))
    appoint(world, person, since=date(2020, 1, 1))


def test_a_post_lies_within_the_life_of_its_unit(world: World, person: Person) -> None:
    with pytest.raises(BeforeUnit):
        appoint(world, person, since=date(1999, 1, 1))
    with pytest.raises(EndBeforeStart):
        appoint(world, person, until=DAY - timedelta(days=1))


def test_whom_one_cannot_see_one_cannot_appoint(cast: dict[str, Actor], world: World, person: Person) -> None:
    account = Account.objects.get(username="stranger")
    administers(account, world.other_union.pk)
    actor = queries.actor_of(account=account, door=cast["clerk"].door, address="", on=TODAY)
    with pytest.raises(NotFound):
        operations.appoint(
            actor=actor,
            unit_id=world.other_union.pk,
            person_id=person.pk,
            body=GROUP,
            title="成员",
            since=DAY,
            at=AT,
        )


def test_a_post_ends_on_a_day_and_the_history_tells(world: World, person: Person) -> None:
    appoint(world, person)
    post = person.posts.get()
    with pytest.raises(EndBeforeStart):
        operations.end_post(actor=SYSTEM, post_id=post.pk, until=DAY - timedelta(days=1), at=AT)
    operations.end_post(actor=SYSTEM, post_id=post.pk, until=DAY, at=AT)
    history = queries.unit_page(actor=SYSTEM, unit_id=world.federation.pk, on=TODAY).history
    assert "王建国" in history[0].text


def test_posts_end_with_their_unit(world: World, person: Person) -> None:
    operations.appoint(
        actor=SYSTEM,
        unit_id=world.community.pk,
        person_id=person.pk,
        body="居民委员会",
        title="主任",
        since=DAY,
        at=AT,
    )
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=DAY, at=AT)
    assert person.posts.get().until == DAY
    with pytest.raises(UnitEnded):
        operations.end_post(actor=SYSTEM, post_id=person.posts.get().pk, until=TODAY, at=AT)


def test_who_leaves_gives_up_posts_roles_and_sign_in(accounts: dict[str, Account], world: World) -> None:
    clerk = accounts["clerk"]
    appoint(world, clerk.person)
    operations.release_person(actor=SYSTEM, person_id=clerk.person_id, until=TODAY, at=AT)
    clerk.refresh_from_db()
    assert not clerk.is_active
    assert clerk.person.posts.get().until == TODAY
    assert RoleGrant.objects.get(account=clerk).until == TODAY
    with pytest.raises(HasLeft):
        appoint(world, clerk.person, "成员")
    with pytest.raises(HasLeft):
        operations.release_person(actor=SYSTEM, person_id=clerk.person_id, until=TODAY, at=AT)


def test_who_left_is_not_listed_but_can_be_brought_back(cast: dict[str, Actor], person: Person) -> None:
    with pytest.raises(HasNotLeft):
        operations.return_person(actor=SYSTEM, person_id=person.pk, at=AT)
    operations.release_person(actor=SYSTEM, person_id=person.pk, until=TODAY, at=AT)
    assert person not in queries.people_page(actor=cast["clerk"], unit_id=person.unit_id).people
    assert person in queries.people_page(actor=cast["clerk"], unit_id=person.unit_id, gone=True).people
    assert operations.return_person(actor=SYSTEM, person_id=person.pk, at=AT).until is None


def test_leaving_is_entered_when_the_day_has_come(person: Person) -> None:
    with pytest.raises(NotYet):
        operations.release_person(actor=SYSTEM, person_id=person.pk, until=TODAY + timedelta(days=1), at=AT)


def test_the_last_administrator_cannot_leave(accounts: dict[str, Account], cast: dict[str, Actor]) -> None:
    with pytest.raises(LastAdministrator):
        operations.release_person(
            actor=cast["administrator"], person_id=accounts["administrator"].person_id, until=TODAY, at=AT
        )
    assert Account.objects.get(username="administrator").is_active


def test_who_moves_to_another_unit_gives_up_the_roles_on_the_old_one(
    accounts: dict[str, Account], world: World
) -> None:
    clerk = accounts["clerk"]
    moved = operations.transfer_person(
        actor=SYSTEM, person_id=clerk.person_id, unit_id=world.community.pk, on=TODAY, at=AT
    )
    assert moved.unit_id == world.community.pk
    assert RoleGrant.objects.get(account=clerk).until == TODAY - timedelta(days=1)
    with pytest.raises(SameUnit):
        operations.transfer_person(
            actor=SYSTEM, person_id=clerk.person_id, unit_id=world.community.pk, on=TODAY, at=AT
        )


def test_a_branch_administrator_does_not_release_an_officer_of_the_federation(
    accounts: dict[str, Account], cast: dict[str, Actor], world: World
) -> None:
    for name, unit in (("clerk", world.union), ("reviewer", world.federation)):
        administers(accounts[name], unit.pk)
    branch = queries.actor_of(account=accounts["clerk"], door=cast["clerk"].door, address="", on=TODAY)
    with pytest.raises(BeyondYourUnits):
        operations.release_person(actor=branch, person_id=accounts["reviewer"].person_id, until=TODAY, at=AT)


def count(world: World, **over: object) -> ReferenceCount:
    fields = {"kind": CountKind.MEMBERS, "on": DAY, "value": 320, "source": "工会年报"}
    return operations.set_reference_count(
        actor=SYSTEM,
        unit_id=world.union.pk,
        at=AT,
        **{**fields, **over},  # type: ignore[arg-type]
    )


def test_a_second_count_for_a_day_replaces_the_first(world: World) -> None:
    count(world)
    count(world, value=321)
    assert ReferenceCount.objects.get(unit=world.union).value == 321


def test_a_count_has_a_source_and_a_day_that_has_come(world: World) -> None:
    with pytest.raises(Unsound):
        count(world, source=" ")
    with pytest.raises(NotYet):
        count(world, on=TODAY + timedelta(days=1))


@pytest.mark.parametrize("value", [-1, 10**12])
def test_an_absurd_count_is_refused(world: World, value: int) -> None:
    with pytest.raises(BadCount):
        count(world, value=value)
