"""Choosing a template, and looking after them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import operations
from jiangong.governance.reports.models import Report, Template
from tests.conftest import AT, SYSTEM, World
from tests.governance.reports.conftest import TEXT, Desk
from tests.governance.reports.test_view_write import filled

ClientOf = Callable[[str], Client]


@pytest.fixture
def shipped(world: World) -> Template:
    operations.load_shipped_templates(actor=SYSTEM, federation_id=world.federation.pk, at=AT)
    return Template.objects.get(code="explanatory")


@pytest.fixture
def own(desk: Desk) -> Template:
    return operations.make_template(
        actor=desk.cast["head"], uuid=desk.report.uuid, name="大讲堂月报", guidance="每月一篇", at=AT
    )


def test_a_new_report_begins_with_the_choice_of_a_template(shipped: Template, client_of: ClientOf) -> None:
    page = (
        client_of("clerk")
        .get(reverse("reports:write") + "?since=2019-01-01&until=2019-12-31")
        .content.decode()
    )
    for name in ("年度总结", "成效报告", "简报", "说明报告", "请示"):
        assert name in page
    assert f"since=2019-01-01&amp;until=2019-12-31&amp;template={shipped.pk}" in page


def test_the_chosen_one_is_filled_in(shipped: Template, world: World, client_of: ClientOf) -> None:
    address = f"{reverse('reports:write')}?template={shipped.pk}"
    client = client_of("clerk")
    assert client.get(address).status_code == 200
    client.post(address, filled(world))
    report = Report.objects.get()
    assert (report.title, report.text_kind, report.limit) == ("关于××的说明报告", "explanatory", 500)
    assert "市供电公司工会按照测评要求" in report.text
    assert "2020年，开展相关活动{{activities.held}}" in report.text
    editor = client.get(reverse("reports:edit", args=[report.uuid])).content.decode()
    assert "/ 500 字" in editor


def test_a_text_begins_in_the_form_that_its_template_names(
    shipped: Template, world: World, client_of: ClientOf
) -> None:
    request = Template.objects.get(text_kind="request")
    client = client_of("clerk")
    assert "报告（上行文）" in client.get(reverse("reports:write")).content.decode()
    client.post(f"{reverse('reports:write')}?template={request.pk}", filled(world))
    assert Report.objects.get().form == "report"


def test_a_blank_one_can_be_begun(shipped: Template, world: World, client_of: ClientOf) -> None:
    client = client_of("clerk")
    client.post(reverse("reports:write") + "?template=0", filled(world))
    assert Report.objects.get().text == ""


def test_any_report_is_kept_as_a_template(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("head")
    address = reverse("reports:make_template", args=[desk.report.uuid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": ""}).status_code == 422
    answer = client.post(address, {"name": "月报", "guidance": ""})
    template = Template.objects.get()
    assert answer.headers["Location"] == reverse("reports:change_template", args=[template.pk])
    assert template.text == TEXT


def changed(own: Template, **changes: object) -> dict[str, object]:
    return {
        "version": own.version,
        "name": "新名",
        "text_kind": "brief",
        "form": "notice",
        "title": "",
        "limit": "",
        "guidance": "",
        "text": "受众{{受众@职工大讲堂}}。",
    } | changes


def test_a_template_is_changed_with_names_and_kept_with_codes(own: Template, client_of: ClientOf) -> None:
    client = client_of("head")
    address = reverse("reports:change_template", args=[own.pk])
    assert "{{受众|多}}" in client.get(address).content.decode()
    assert client.post(address, changed(own)).status_code == 302
    own.refresh_from_db()
    assert (own.name, own.limit, own.text) == ("新名", None, "受众{{activities.audience@lecture}}。")
    assert own.form == "notice"


def test_a_stale_form_keeps_what_was_typed(own: Template, client_of: ClientOf) -> None:
    client = client_of("head")
    address = reverse("reports:change_template", args=[own.pk])
    client.post(address, changed(own))
    answer = client.post(address, changed(own, text="我写的正文"))
    assert answer.status_code == 409
    assert "我写的正文" in answer.content.decode()
    assert client.post(address, changed(own, text="我写的正文", version=2)).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"limit": 0},
        {"limit": "x"},
        {"text_kind": "novel"},
        {"form": "novel"},
        {"name": "长" * 41},
        {"version": ""},
    ],
)
def test_bad_input_changes_nothing(changes: dict[str, object], own: Template, client_of: ClientOf) -> None:
    address = reverse("reports:change_template", args=[own.pk])
    assert client_of("head").post(address, changed(own, **changes)).status_code == 422
    own.refresh_from_db()
    assert own.version == 1


def test_an_ended_one_is_gone_from_the_list(own: Template, client_of: ClientOf) -> None:
    client = client_of("head")
    assert "大讲堂月报" in client.get(reverse("reports:templates")).content.decode()
    address = reverse("reports:end_template", args=[own.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert "大讲堂月报" not in client.get(reverse("reports:templates")).content.decode()
    assert client.get(reverse("reports:change_template", args=[own.pk])).status_code == 404


@pytest.mark.parametrize(
    "name,status", [("clerk", 403), ("reviewer", 403), ("auditor", 403), ("stranger", 404), ("visitor", 302)]
)
def test_looking_after_templates_needs_the_right(
    name: str, status: int, own: Template, desk: Desk, client_of: ClientOf
) -> None:
    client = client_of(name)
    assert client.get(reverse("reports:change_template", args=[own.pk])).status_code == status
    assert client.post(reverse("reports:end_template", args=[own.pk])).status_code == status
    assert client.get(reverse("reports:make_template", args=[desk.report.uuid])).status_code == status
    own.refresh_from_db()
    assert own.ended_at is None


def test_a_colleague_is_offered_it_and_a_stranger_is_not(
    own: Template, world: World, client_of: ClientOf
) -> None:
    address = f"{reverse('reports:write')}?template={own.pk}"
    assert client_of("clerk").get(address).status_code == 200
    assert client_of("stranger").get(address).status_code == 404
    assert client_of("stranger").post(address, filled(world, unit=world.other_union.pk)).status_code == 404
