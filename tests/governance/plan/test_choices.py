"""What a form of many people and tasks asks the server for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.governance.plan.models import Task
from jiangong.governance.plan.queries import offers
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Person
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import Planning, posted

ClientOf = Callable[[str], Client]


def found(client: Client, planning: Planning, kind: str, words: str) -> list[str]:
    address = reverse("plan:choices", args=[planning.campaign.uuid, kind])
    answer = client.get(address, {"q": words})
    assert answer.status_code == 200
    return [text for _value, text in answer.json()["choices"]]


def test_tasks_are_found_by_words_and_by_the_beginning_of_their_number(
    planning: Planning, client_of: ClientOf
) -> None:
    first = planning.add("职工大讲堂")
    planning.add("讲师培训", parent=first)
    planning.add("走访慰问")
    client = client_of("head")
    assert found(client, planning, "tasks", "讲") == ["1 职工大讲堂", "1.1 讲师培训"]
    assert found(client, planning, "tasks", "1.") == ["1.1 讲师培训"]
    assert found(client, planning, "tasks", "") == []


def test_people_are_found_by_name_and_pinyin_while_they_are_here(
    planning: Planning, client_of: ClientOf
) -> None:
    person = organization.add_person(
        actor=SYSTEM, unit_id=planning.world.union.pk, name="赵明明", title="", at=AT
    )
    client = client_of("head")
    for words in ("明明", "zhaomm"):
        assert all("赵明明" in text for text in found(client, planning, "people", words))
    assert len(found(client, planning, "people", "明明")) == 1
    Person.objects.filter(pk=person.pk).update(until=AT.date())
    assert found(client, planning, "people", "明明") == []


def test_only_who_plans_asks(planning: Planning, client_of: ClientOf) -> None:
    address = reverse("plan:choices", args=[planning.campaign.uuid, "tasks"])
    for who in ("clerk", "reviewer", "stranger", "auditor"):
        assert client_of(who).get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert client_of("head").post(address).status_code == 405


def test_a_form_of_many_holds_only_what_is_chosen_and_asks_for_the_rest(
    planning: Planning, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "MOST", 2)
    needed = planning.add("须先完成")
    for turn in range(3):
        planning.add(f"别的{turn}")
    task = planning.add("本项", needs_ids=(needed.pk,))
    client = client_of("head")
    page = client.get(reverse("plan:change_task", args=[task.uuid])).content.decode()
    assert "须先完成" in page
    assert "别的1" not in page
    assert reverse("plan:choices", args=[planning.campaign.uuid, "tasks"]) in page
    assert reverse("plan:choices", args=[planning.campaign.uuid, "people"]) in page
    other = Task.objects.get(title="别的1")
    sent = posted(planning, title="", needs=[other.pk])
    again = client.post(reverse("plan:add_task", args=[planning.campaign.uuid]), sent)
    assert again.status_code == 422
    assert "别的1" in again.content.decode()  # what was chosen stays chosen


def test_who_left_stays_chosen(planning: Planning, client_of: ClientOf) -> None:
    person = organization.add_person(
        actor=SYSTEM, unit_id=planning.world.union.pk, name="已离岗", title="", at=AT
    )
    task = planning.add("甲", person_ids=(person.pk,))
    organization.release_person(actor=SYSTEM, person_id=person.pk, until=AT.date(), at=AT)
    client = client_of("head")
    assert "已离岗" in client.get(reverse("plan:change_task", args=[task.uuid])).content.decode()
    assert (
        "已离岗" not in client.get(reverse("plan:add_task", args=[planning.campaign.uuid])).content.decode()
    )


def test_a_page_of_many_tasks_takes_the_statements_of_few(planning: Planning, client_of: ClientOf) -> None:
    task, client = planning.add("甲"), client_of("head")
    address = reverse("plan:change_task", args=[task.uuid])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for turn in range(20):
        planning.add(f"乙{turn}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
