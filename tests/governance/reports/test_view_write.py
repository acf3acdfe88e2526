"""Beginning a report, and copying one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import Report
from tests.conftest import World
from tests.governance.reports.conftest import MakeReport

ClientOf = Callable[[str], Client]


def filled(world: World, **changes: object) -> dict[str, object]:
    return {
        "uuid": uuid4(),
        "unit": world.union.pk,
        "since": "2020-01-01",
        "until": "2020-12-31",
        "title": "",
        "subtitle": "",
        "organ": "",
    } | changes


def test_a_report_begins_with_a_proposed_title(world: World, client_of: ClientOf) -> None:
    response = client_of("head").post(reverse("reports:write"), filled(world))
    report = Report.objects.get()
    assert response.headers["Location"] == reverse("reports:edit", args=[report.uuid])
    assert report.title == "市供电公司工会关于2020年全国文明城市创建工作情况的报告"


def test_the_form_proposes_unit_and_period(world: World, client_of: ClientOf) -> None:
    page = client_of("head").get(reverse("reports:write") + "?since=2018-01-01&until=2020-12-31")
    assert page.status_code == 200
    assert "高邮市总工会关于2018—2020年全国文明城市创建工作情况的报告" in page.content.decode()


def test_sent_twice_it_is_written_once(world: World, client_of: ClientOf) -> None:
    client, form = client_of("head"), filled(world)
    client.post(reverse("reports:write"), form)
    client.post(reverse("reports:write"), form)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("name", ["auditor", "administrator"])
def test_without_the_right_nothing_is_written(name: str, world: World, client_of: ClientOf) -> None:
    client = client_of(name)
    assert client.get(reverse("reports:write")).status_code == 403
    assert client.post(reverse("reports:write"), filled(world)).status_code == 403
    assert not Report.objects.exists()


def test_a_visitor_is_asked_to_sign_in(world: World, client_of: ClientOf) -> None:
    assert client_of("visitor").post(reverse("reports:write"), filled(world)).status_code == 302
    assert not Report.objects.exists()


def test_other_methods_are_refused(client_of: ClientOf) -> None:
    assert client_of("head").put(reverse("reports:write")).status_code == 405


@pytest.mark.parametrize(
    "changes",
    [
        {"until": "2019-12-31"},
        {"since": "2020-02-30"},
        {"since": ""},
        {"unit": 999_999},
        {"uuid": "x"},
        {"title": "长" * 121},
    ],
)
def test_bad_input_comes_back_with_a_sentence(
    changes: dict[str, object], world: World, client_of: ClientOf
) -> None:
    response = client_of("head").post(reverse("reports:write"), filled(world, **changes))
    assert response.status_code == 422
    assert not Report.objects.exists()


def test_a_copy_opens_in_the_editor(client_of: ClientOf, make_report: MakeReport) -> None:
    report = make_report()
    response = client_of("head").post(reverse("reports:copy", args=[report.uuid]))
    copy = Report.objects.exclude(pk=report.pk).get()
    assert response.headers["Location"] == reverse("reports:edit", args=[copy.uuid])


@pytest.mark.parametrize(
    "name,status", [("administrator", 403), ("auditor", 403), ("stranger", 404), ("visitor", 302)]
)
def test_copying_needs_the_right(
    name: str, status: int, client_of: ClientOf, make_report: MakeReport
) -> None:
    address = reverse("reports:copy", args=[make_report().uuid])
    assert client_of(name).post(address).status_code == status
    assert client_of("head").get(address).status_code == 405
    assert Report.objects.count() == 1
