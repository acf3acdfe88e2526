"""Lecturers: who they are, and who is added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Person
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities.models import Lecturer, Topic
from tests.conftest import AT, SYSTEM, World
from tests.work.activities.typed import typed

ClientOf = Callable[[str], Client]
LIST, ADD = "/activities/lecturers/", "/activities/lecturers/add/"


def somebody(world: World) -> Person:
    return organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name="张文博", at=AT)


def test_the_head_adds_one_and_everybody_finds_them(client_of: ClientOf, world: World) -> None:
    topic = Topic.objects.all()[0]
    form = {"person": somebody(world).pk, "topics": [topic.pk], "since": "2019-01-01"}
    assert client_of("head").get(ADD).status_code == 200
    assert client_of("head").post(ADD, form)["Location"] == LIST
    body = client_of("stranger").get(LIST).content.decode()
    assert "张文博" in body
    assert topic.name in body
    assert "张文博" in client_of("clerk").get(f"{LIST}?q={topic.name}").content.decode()
    assert "张文博" not in client_of("clerk").get(f"{LIST}?q=没有").content.decode()


def test_whoever_may_not_add_is_told_so(client_of: ClientOf, world: World) -> None:
    form = {"person": somebody(world).pk, "since": "2019-01-01"}
    for name in ("clerk", "reviewer", "stranger", "auditor"):
        assert ADD not in client_of(name).get(LIST).content.decode()
        assert client_of(name).get(ADD).status_code == 403
        assert client_of(name).post(ADD, form).status_code == 403
    assert not Lecturer.objects.exists()


def test_a_visitor_is_sent_to_sign_in(client_of: ClientOf, db: None) -> None:
    assert client_of("visitor").get(LIST).status_code == 302
    assert client_of("visitor").get(ADD).status_code == 302


def test_methods(client_of: ClientOf) -> None:
    assert client_of("head").post(LIST).status_code == 405
    assert client_of("head").put(ADD).status_code == 405


def test_bad_input_is_told_beside_its_field(client_of: ClientOf, world: World) -> None:
    for form in (
        {"person": "", "since": "2019-01-01"},
        {"person": "x", "since": "soon"},
        {"person": "99999"},
    ):
        answer = client_of("head").post(ADD, form)
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()


def test_nobody_is_added_twice(client_of: ClientOf, world: World) -> None:
    form = {"person": somebody(world).pk, "since": "2019-01-01"}
    client_of("head").post(ADD, form)
    answer = client_of("head").post(ADD, form)
    assert "已是义工教授" in answer.content.decode()
    assert Lecturer.objects.count() == 1


def test_a_lecturer_ends_and_is_reinstated(client_of: ClientOf, world: World) -> None:
    client_of("head").post(ADD, {"person": somebody(world).pk, "since": "2019-01-01"})
    lecturer = Lecturer.objects.get()
    end, again = (f"{LIST}{lecturer.pk}/{act}/" for act in ("end", "reinstate"))
    for name, status in (("clerk", 403), ("stranger", 404), ("visitor", 302)):
        assert client_of(name).post(end).status_code == status
    assert end not in client_of("clerk").get(LIST).content.decode()
    assert end in client_of("head").get(LIST).content.decode()
    assert client_of("head").post(end)["Location"] == LIST
    assert Lecturer.objects.filter(until__isnull=False).exists()
    assert again in client_of("head").get(LIST).content.decode()
    client_of("head").post(again)
    assert Lecturer.objects.filter(until__isnull=True).exists()
    assert AuditEvent.objects.filter(verb__in=["lecturer.end", "lecturer.reinstate"]).count() == 2


def test_a_lecturer_is_not_entered_for_a_year_that_nobody_knows(client_of: ClientOf, world: World) -> None:
    answer = client_of("head").post(ADD, {"person": somebody(world).pk, "since": "2099-01-01"})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Lecturer.objects.exists()


def test_what_somebody_held_is_counted_in_the_period_and_leads_to_its_records(
    client_of: ClientOf, world: World, cast: dict[str, Actor]
) -> None:
    lecturer = Lecturer.objects.create(person=somebody(world), book=world.book, since=date(2019, 1, 1))
    client = client_of("clerk")
    client.post("/activities/enter/lecture/", typed(world, lecturer=str(lecturer.pk)))
    record = Record.objects.get()
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    body = client.get(f"{LIST}?since=2020-01-01&until=2020-12-31").content.decode()
    assert f"lecturer={lecturer.pk}&amp;state=confirmed" in body
    assert "lecturer=" not in client.get(f"{LIST}?since=2019-01-01&until=2019-12-31").content.decode()
    found = client.get(f"/activities/?since=2020-01-01&until=2020-12-31&lecturer={lecturer.pk}")
    assert [row.record.pk for row in found.context["page"].rows] == [record.pk]
    assert client.get("/activities/?lecturer=999").status_code == 404
