"""The pages of the plan: what people see, what they may not, and forms that keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Campaign, Programme, Task
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.actors import Role
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, PASSWORD, SYSTEM, MakeRecord, World
from tests.governance.plan.conftest import CONTENT, END, START, Planning, posted

ClientOf = Callable[[str], Client]


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def campaign_address(planning: Planning) -> str:
    return reverse("plan:campaign", args=[planning.campaign.uuid])


def test_an_empty_list_says_what_to_do(world: World, client_of: ClientOf) -> None:
    assert reverse("plan:open_campaign") in text(client_of("head"), reverse("plan:campaigns"))
    page = text(client_of("clerk"), reverse("plan:campaigns"))
    assert "总工会负责人立项后" in page
    assert reverse("plan:open_campaign") not in page


def test_from_a_campaign_to_its_issued_programme(
    world: World, planning: Planning, client_of: ClientOf
) -> None:
    client = client_of("head")
    sent = {
        "uuid": str(uuid4()),
        "federation": world.federation.pk,
        "name": "争创扬州市文明单位",
        "kind": "creation",
        "title_sought": "city_unit",
        "since": "2020-01-01",
        "until": "2020-12-31",
    }
    opened = client.post(reverse("plan:open_campaign"), sent, follow=True)
    assert "还没有实施方案" in opened.content.decode()
    campaign = Campaign.objects.get(name="争创扬州市文明单位")
    address = reverse("plan:write_programme", args=[campaign.uuid])
    written = client.post(address, {"version": 0, "title": "实施方案", "document_number": ""}, follow=True)
    assert "还没有任务" in written.content.decode()
    client.post(reverse("plan:add_task", args=[campaign.uuid]), posted(planning))
    client.post(reverse("plan:issue_programme", args=[campaign.uuid]), {"issued_on": "2020-01-15"})
    assert Programme.objects.get(campaign=campaign).issued_on == date(2020, 1, 15)
    assert "开展职工大讲堂活动" in text(client_of("clerk"), reverse("plan:campaign", args=[campaign.uuid]))


def test_a_draft_is_seen_by_those_who_plan_only(planning: Planning, client_of: ClientOf) -> None:
    task = planning.add("草案中的任务")
    assert "草案中的任务" in text(client_of("head"), campaign_address(planning))
    for name in ("clerk", "stranger", "auditor"):
        assert "草案中的任务" not in text(client_of(name), campaign_address(planning))
        text(client_of(name), reverse("plan:task", args=[task.uuid]), status=404)
    planning.issue()
    assert "草案中的任务" in text(client_of("stranger"), campaign_address(planning))


def test_another_federation_sees_nothing(planning: Planning, client_of: ClientOf, world: World) -> None:
    planning.add()
    planning.issue()
    other = organization.found_federation(actor=SYSTEM, code="QT", name="别市总工会", since=START, at=AT)
    ledger.open_book(actor=SYSTEM, federation_id=other.pk, at=AT)
    person = organization.add_person(actor=SYSTEM, unit_id=other.pk, name="外人", at=AT)
    account = organization.open_account(
        actor=SYSTEM, person_id=person.pk, username="outside", password=PASSWORD, at=AT
    )
    organization.grant_role(
        actor=SYSTEM, account_id=account.pk, role=Role.MANAGER, unit_id=other.pk, since=START, at=AT
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert "还没有创建项目" in text(client, reverse("plan:campaigns"))
    text(client, campaign_address(planning), status=404)
    assert client.post(reverse("plan:close_campaign", args=[planning.campaign.uuid])).status_code == 404


def test_the_leading_units_tasks_come_first(planning: Planning, client_of: ClientOf) -> None:
    planning.add("本单位的任务")
    planning.add("别单位的任务", lead_unit_ids=(planning.world.other_union.pk,))
    planning.issue()
    page = text(client_of("clerk"), campaign_address(planning))
    own = page.split('id="own-head"')[1].split("全部任务")[0]
    assert "本单位的任务" in own
    assert "别单位的任务" not in own


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("words=大讲堂", "建立大讲堂", "建好书屋"),
        ("words=1.1", "建好书屋", "建立大讲堂"),
        ("light=overdue&words=书屋", "建好书屋", "建立大讲堂"),
        ("lead={other}", "建好书屋", "建立大讲堂"),
    ],
)
def test_tasks_are_filtered(
    planning: Planning, client_of: ClientOf, query: str, shown: str, hidden: str
) -> None:
    other = planning.world.other_union.pk
    first = planning.add("建立大讲堂")
    planning.add("建好书屋", parent=first, lead_unit_ids=(other,))
    planning.issue()
    page = text(client_of("clerk"), f"{campaign_address(planning)}?{query.format(other=other)}")
    found = page.split("全部任务")[1]
    assert shown in found
    assert hidden not in found


def test_a_filter_without_matches_says_so(planning: Planning, client_of: ClientOf) -> None:
    planning.add()
    unit = planning.world.community.pk
    assert "没有符合条件的任务" in text(client_of("head"), f"{campaign_address(planning)}?lead={unit}")
    assert "没有符合条件的任务" in text(client_of("head"), f"{campaign_address(planning)}?words=乙&lead=x")


def test_a_task_leads_to_the_figure_that_measures_it(
    planning: Planning, client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(audience=150)
    target: dict[str, Any] = {
        "figure": AUDIENCE,
        "target_value": Decimal(200),
        "target_unit_id": planning.world.union.pk,
        "target_period": "campaign",
    }
    task = planning.add(**target)
    planning.issue()
    page = text(client_of("clerk"), reverse("plan:task", args=[task.uuid]))
    days = f"unit={planning.world.union.pk}&amp;since=2020-01-01&amp;until=2020-12-31"
    assert f"{reverse('desk:figure', args=[AUDIENCE])}?{days}" in page
    assert "<strong>150</strong> / 200" in page
    assert "75%" in page
    assert reverse("desk:figure", args=[AUDIENCE]) not in text(
        client_of("stranger"), reverse("plan:task", args=[task.uuid])
    )


def test_two_lead_units_are_refused_beside_the_field(planning: Planning, client_of: ClientOf) -> None:
    world = planning.world
    sent = posted(planning, lead_unit=[world.union.pk, world.other_union.pk], detail="已经写好的内容")
    answer = client_of("head").post(reverse("plan:add_task", args=[planning.campaign.uuid]), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "每项任务只能有一个牵头部室" in page
    assert "已经写好的内容" in page
    assert not Task.objects.exists()


def test_all_that_is_wrong_is_told_at_once(planning: Planning, client_of: ClientOf) -> None:
    sent = posted(planning, until="2021-06-30", milestones="建成20个", persons=[])
    address = reverse("plan:add_task", args=[planning.campaign.uuid])
    page = client_of("head").post(address, sent).content.decode()
    assert "无法识别" in page
    sent["milestones"] = ""
    page = client_of("head").post(address, sent).content.decode()
    assert "请至少确定一名责任人" in page
    assert "任务时间须在创建周期内" in page


def test_an_overtaken_form_keeps_what_was_typed(planning: Planning, client_of: ClientOf) -> None:
    task = planning.add()
    planning.change(task, detail="别人写的")
    client, address = client_of("head"), reverse("plan:change_task", args=[task.uuid])
    sent = posted(planning, version=1, detail="我写的")
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我写的" in page
    assert 'name="version" value="2"' in page
    assert client.post(address, sent | {"version": 2}).status_code == 302
    task.refresh_from_db()
    assert task.detail == "我写的"


def test_a_form_begins_with_what_the_task_says(planning: Planning, client_of: ClientOf) -> None:
    other = planning.add("前置")
    task = planning.add(
        "后续", needs_ids=(other.pk,), milestones=((date(2020, 6, 30), "建成"),),
        cooperating_unit_ids=(planning.world.community.pk,),
    )  # fmt: skip
    client, address = client_of("head"), reverse("plan:change_task", args=[task.uuid])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert client.post(address, {k: v for k, v in sent.items() if v is not None}).status_code == 302
    again = client.get(address).context["form"]
    assert {n: again[n].value() for n in form.fields if n != "version"} == {
        name: value for name, value in sent.items() if name != "version"
    }


def test_small_acts_are_told_done_or_refused(planning: Planning, client_of: ClientOf) -> None:
    first, second = planning.add("甲"), planning.add("乙")
    client = client_of("head")

    def said(name: str, task: Task, **data: object) -> str:
        return client.post(reverse(f"plan:{name}", args=[task.uuid]), data, follow=True).content.decode()

    assert "位置已调整" in said("move_task", second, above="1", place=1)
    assert "请说明任务放在哪个序号下" in said("move_task", second, above="1", place="")
    assert "请说明任务放在哪个序号下" in said("move_task", second, above="9.9", place=1)
    assert "不能放在自身" in said("move_task", first, above="1.1", place=1)
    assert "还有下级任务" in said("remove_task", first)
    assert "任务已从草案中删去" in said("remove_task", second)
    planning.issue()
    assert "请简要说明终止原因" in said("end_task", first, reason="")
    assert "任务已终止" in said("end_task", first, reason="并入其他任务")
    page = client.post(reverse("plan:close_campaign", args=[planning.campaign.uuid]), follow=True)
    assert "创建已办结" in page.content.decode()
    page = client.post(reverse("plan:reopen_campaign", args=[planning.campaign.uuid]), follow=True)
    assert "创建已恢复进行" in page.content.decode()


def test_the_change_of_a_campaign_names_the_task_in_its_way(planning: Planning, client_of: ClientOf) -> None:
    planning.add("全年任务")
    sent = {
        "version": 1,
        "federation": planning.world.federation.pk,
        "name": "创建",
        "kind": "review",
        "title_sought": "county_unit",
        "since": START.isoformat(),
        "until": "2020-06-30",
    }
    address = reverse("plan:change_campaign", args=[planning.campaign.uuid])
    assert "全年任务" in client_of("head").post(address, sent).content.decode()
    assert client_of("head").post(address, sent | {"until": END.isoformat()}).status_code == 302
    assert Campaign.objects.get().kind == "review"


def test_statements_stay_the_same_as_tasks_grow(planning: Planning, client_of: ClientOf) -> None:
    client, counts = client_of("head"), []
    for _turn in range(2):
        for number in range(8):
            planning.add(f"任务{number}", responsible_unit_ids=(planning.world.other_union.pk,))
        text(client, campaign_address(planning))
        with CaptureQueriesContext(connection) as caught:
            text(client, campaign_address(planning))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_english_pages_are_english(planning: Planning, client_of: ClientOf) -> None:
    task = planning.add("Lectures")
    client = client_of("head")
    client.post(reverse("desk:language"), {"language": "en"})
    assert "Tasks by light" in text(client, campaign_address(planning))
    assert "What is to be done" in text(client, reverse("plan:task", args=[task.uuid]))


def test_the_dissolution_of_a_leading_unit_is_refused_on_its_page(
    planning: Planning, client_of: ClientOf
) -> None:
    planning.add("结对共建", lead_unit_ids=(planning.world.community.pk,))
    operations.issue_programme(actor=planning.head, uuid=planning.campaign.uuid, issued_on=START, at=AT)
    address = reverse("organization:dissolve_unit", args=[planning.world.community.pk])
    answer = client_of("administrator").post(address, {"until": "2020-04-30"})
    assert "结对共建" in answer.content.decode()


def test_an_empty_campaign_offers_the_tasks_of_another(planning: Planning, client_of: ClientOf) -> None:
    planning.add("去年的任务")
    content = replace(CONTENT, name="次年", since=date(2021, 1, 1), until=date(2021, 12, 31))
    other = operations.open_campaign(
        actor=planning.head, uuid=uuid4(), federation_id=planning.world.federation.pk, content=content, at=AT
    )
    client, address = client_of("head"), reverse("plan:campaign", args=[other.uuid])
    assert f'value="{planning.campaign.uuid}"' in text(client, address)
    copying = reverse("plan:copy_programme", args=[other.uuid])
    assert "没有可复制的任务" in client.post(copying, {"source": "x"}, follow=True).content.decode()
    copied = client.post(copying, {"source": str(planning.campaign.uuid)}, follow=True).content.decode()
    assert "任务已复制为草案" in copied
    assert "去年的任务" in copied
    assert copying not in copied
