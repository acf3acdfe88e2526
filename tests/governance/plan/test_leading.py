"""The leading group of a campaign as posts over time, and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import LeadingBody
from jiangong.governance.plan.operations import errors
from jiangong.governance.plan.queries.leading import LeadingNode
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Post
from jiangong.ground.shared.errors import Forbidden
from tests.conftest import AT, SINCE, SYSTEM
from tests.governance.plan.conftest import END, START, Planning
from tests.governance.plan.test_operations import breaks

ClientOf = Callable[[str], Client]

GROUP, OFFICE = "创建工作领导小组", "领导小组办公室"


def appointed(planning: Planning, body: str, title: str, rank: int, *, until: date | None = None) -> Post:
    federation = planning.world.federation
    person = organization.add_person(
        actor=SYSTEM, unit_id=federation.pk, name=f"{title}{rank}", title="部长", at=AT
    )
    return organization.appoint(
        actor=SYSTEM,
        unit_id=federation.pk,
        person_id=person.pk,
        body=body,
        title=title,
        rank=rank,
        since=SINCE,
        until=until,
        at=AT,
    )


@pytest.fixture
def led(planning: Planning) -> Planning:
    for body, title, rank in (
        (GROUP, "组长", 1),
        (GROUP, "副组长", 2),
        (GROUP, "成员", 3),
        (GROUP, "成员", 4),
        (OFFICE, "主任", 1),
        (OFFICE, "成员", 2),
        ("别的机构", "会长", 1),
    ):
        appointed(planning, body, title, rank)
    name(planning)
    return planning


def name(planning: Planning, group: str = GROUP, office: str = OFFICE) -> None:
    operations.name_leading_bodies(
        actor=planning.head, uuid=planning.campaign.uuid, group=group, office=office, at=AT
    )


Said = tuple[str, list[str], list[Any]]


def said(nodes: list[LeadingNode]) -> list[Said]:
    return [
        (node.label, [item.post.person.name for item in node.holders], said(node.below)) for node in nodes
    ]


def chart(planning: Planning, on: date | None = None) -> list[Said]:
    page = queries.leading_group_page(
        actor=planning.head, uuid=planning.campaign.uuid, today=date(2020, 5, 4), on=on
    )
    return said(list(page.roots))


def address(planning: Planning) -> str:
    return reverse("plan:leading_group", args=[planning.campaign.uuid])


def test_members_and_the_office_stand_side_by_side_below_the_deputies(led: Planning) -> None:
    office: Said = (OFFICE, [], [("主任", ["主任1"], [("成员", ["成员2"], [])])])
    members: Said = ("成员", ["成员3", "成员4"], [])
    assert chart(led) == [(GROUP, [], [("组长", ["组长1"], [("副组长", ["副组长2"], [members, office])])])]
    assert breaks() == []


def test_the_chart_is_that_of_the_day(led: Planning) -> None:
    leader = Post.objects.get(title="组长")
    organization.end_post(actor=SYSTEM, post_id=leader.pk, until=date(2020, 3, 31), at=AT)
    organization.appoint(
        actor=SYSTEM,
        unit_id=leader.unit_id,
        person_id=Post.objects.get(title="副组长").person_id,
        body=GROUP,
        title="组长",
        rank=1,
        since=date(2020, 4, 1),
        at=AT,
    )
    assert "['组长1']" in str(chart(led, date(2020, 3, 31)))
    assert "['组长1']" not in str(chart(led, date(2020, 4, 1)))
    page = queries.leading_group_page(actor=led.head, uuid=led.campaign.uuid, today=date(2020, 5, 4))
    assert [item.post.person.name for item in page.former] == ["组长1"]
    assert len(page.changes) == 8  # seven and one of these bodies' acts; another body's is not told
    assert page.on == date(2020, 5, 4)


@pytest.mark.parametrize(
    ("today", "expected"), [(START - timedelta(days=9), START), (END + timedelta(days=9), END)]
)
def test_the_day_lies_within_the_campaign(led: Planning, today: date, expected: date) -> None:
    page = queries.leading_group_page(actor=led.head, uuid=led.campaign.uuid, today=today)
    assert page.on == expected


def test_bodies_are_changed_and_taken_away(led: Planning) -> None:
    name(led, group="别的机构", office="")
    assert [(row.part, row.body) for row in LeadingBody.objects.all()] == [("group", "别的机构")]
    assert breaks() == []
    name(led, group="", office="")
    assert chart(led) == []
    assert breaks() == []


def test_an_unknown_body_and_one_that_is_both_are_refused(led: Planning) -> None:
    with pytest.raises(errors.BodyUnknown):
        name(led, group="没有")
    with pytest.raises(errors.BodyTwice):
        name(led, office=GROUP)
    with pytest.raises(Forbidden):
        operations.name_leading_bodies(
            actor=led.cast["reviewer"], uuid=led.campaign.uuid, group=GROUP, office="", at=AT
        )


def test_everybody_reads_the_chart_and_who_plans_names_it(led: Planning, client_of: ClientOf) -> None:
    for who in ("head", "clerk", "stranger", "auditor"):
        page = client_of(who).get(address(led)).content.decode()
        assert "组长1" in page
        assert (reverse("plan:name_leading_bodies", args=[led.campaign.uuid]) in page) is (who == "head")
    assert reverse("organization:appoint", args=[led.world.federation.pk]) in (
        client_of("administrator").get(address(led)).content.decode()
    )
    assert Client().get(address(led)).status_code == 302
    assert client_of("head").post(address(led)).status_code == 405
    assert client_of("head").get(f"{address(led)}?on=nonsense").status_code == 200
    assert client_of("head").get(f"{address(led)}?on=2020-02-31").status_code == 200


def test_bodies_are_named_at_the_desk(led: Planning, client_of: ClientOf) -> None:
    there = reverse("plan:name_leading_bodies", args=[led.campaign.uuid])
    sent = {"group": "没有", "office": ""}
    assert "没有名为“没有”的机构" in client_of("head").post(there, sent, follow=True).content.decode()
    client_of("head").post(there, {"group": "别的机构", "office": GROUP})
    assert LeadingBody.objects.get(part="office").body == GROUP


def test_an_empty_page_says_what_to_do(planning: Planning, client_of: ClientOf) -> None:
    assert "先由系统管理员" in client_of("clerk").get(address(planning)).content.decode()
    appointed(planning, GROUP, "组长", 1)
    assert "请在下面选择" in client_of("head").get(address(planning)).content.decode()


def test_more_members_take_no_more_statements(led: Planning, client_of: ClientOf) -> None:
    client = client_of("head")
    client.get(address(led))
    with CaptureQueriesContext(connection) as few:
        client.get(address(led))
    for rank in range(10, 20):
        appointed(led, GROUP, "成员", rank)
    with CaptureQueriesContext(connection) as many:
        client.get(address(led))
    assert len(many) == len(few)
