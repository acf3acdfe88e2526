"""The audit log, for auditors only."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account, Person
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, MakeRecord, World
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = "/audit/"
ENTERED = ">record.enter</code>"


def test_an_auditor_reads_who_did_what(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record()
    text = text_of(client_of("auditor").get(ADDRESS))
    assert '确认入账 <code class="quiet">record.confirm</code>' in text
    assert "clerk同志" in text
    assert f"台账记录 {record.pk}" in text


def test_words_acts_and_days_narrow_it(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record()
    client = client_of("auditor")
    assert ENTERED not in text_of(client.get(f"{ADDRESS}?verb=record.confirm"))
    assert "没有符合条件的日志" in text_of(client.get(f"{ADDRESS}?words=nobody"))
    assert "没有符合条件的日志" in text_of(client.get(f"{ADDRESS}?to_day=2020-01-01"))
    assert ENTERED in text_of(client.get(f"{ADDRESS}?from_day=2020-05-01&words=clerk"))


def test_it_goes_on_page_by_page(client_of: ClientOf, make_record: MakeRecord) -> None:
    for _ in range(14):
        make_record(photos=0, state="returned")
    client = client_of("auditor")
    first = client.get(ADDRESS)
    after = first.context["page"].after
    assert f"?after={after}" in text_of(first)
    second = client.get(f"{ADDRESS}?after={after}").context["page"]
    assert second.rows[0].event.number < int(after)
    assert AuditEvent.objects.count() > 50


@pytest.mark.parametrize("name", ["clerk", "reviewer", "head", "stranger", "administrator"])
def test_nobody_else_may(client_of: ClientOf, name: str) -> None:
    assert client_of(name).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("query", ["from_day=x", "after=x", "after=99999999999999999999"])
def test_an_odd_filter_is_left_out(client_of: ClientOf, query: str) -> None:
    assert client_of("auditor").get(f"{ADDRESS}?{query}").status_code == 200


def test_wrong_method_and_visitor(client_of: ClientOf) -> None:
    assert client_of("auditor").post(ADDRESS).status_code == 405
    assert client_of("visitor").get(ADDRESS).status_code == 302


def test_objects_are_named_and_details_are_in_words(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(title="劳模精神宣讲")
    text = text_of(client_of("auditor").get(f"{ADDRESS}?verb=record.confirm"))
    assert f'href="{reverse("desk:record", args=[record.pk])}"' in text
    assert ">劳模精神宣讲</a>" in text
    assert '<span class="detail">凭证：' in text


def verbs_found(client_of: ClientOf, words: str) -> set[tuple[str, str]]:
    page = client_of("auditor").get(ADDRESS, {"words": words}).context["page"]
    return {(row.event.verb, row.event.subject_id) for row in page.rows}


@pytest.fixture
def told(cast: dict[str, Actor], accounts: dict[str, Account], world: World) -> None:
    """The security administrator deals with the clerk, the system administrator with a unit and with a person."""
    organization.unlock(actor=cast["security"], account_id=accounts["clerk"].pk, at=AT)
    elsewhere = replace(cast["security"], address="10.20.30.40")
    organization.end_sessions(actor=elsewhere, account_id=accounts["reviewer"].pk, at=AT)
    organization.add_person(actor=cast["administrator"], unit_id=world.union.pk, name="宋春梅", at=AT)


@pytest.mark.parametrize("words", ["clerk", "CLERK", "clerk同志"])
def test_it_is_searched_by_the_account_acted_on(
    client_of: ClientOf, told: None, accounts: dict[str, Account], words: str
) -> None:
    found = verbs_found(client_of, words)
    assert ("account.unlock", str(accounts["clerk"].pk)) in found
    assert "session.end" not in {verb for verb, _number in found}


def test_it_is_searched_by_people_and_units(client_of: ClientOf, told: None, world: World) -> None:
    person = Person.objects.get(name="宋春梅")
    assert verbs_found(client_of, "春梅") == {("person.add", str(person.pk))}
    found = verbs_found(client_of, world.union.name)
    assert ("unit.create", str(world.union.pk)) in found
    assert {number for verb, number in found if verb.startswith("unit.")} == {str(world.union.pk)}


@pytest.mark.parametrize("words", ["10.20.30.40", "10.20.", "10.20.30"])
def test_it_is_searched_by_where_from(
    client_of: ClientOf, told: None, accounts: dict[str, Account], words: str
) -> None:
    assert verbs_found(client_of, words) == {("session.end", str(accounts["reviewer"].pk))}
    assert verbs_found(client_of, "20.30") == set()


def test_what_is_found_is_exported(client_of: ClientOf, told: None) -> None:
    answer = client_of("auditor").post("/audit/export/", {"form": "jsonl", "words": "10.20."})
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert [json.loads(line)["verb"] for line in lines] == ["session.end"]


def test_a_search_by_name_asks_as_often_as_none(client_of: ClientOf, told: None) -> None:
    client = client_of("auditor")
    client.get(ADDRESS)
    counts = []
    for words in ("宋春梅", "同志"):
        with CaptureQueriesContext(connection) as seen:
            client.get(ADDRESS, {"words": words, "verb": "person.add"})
        counts.append(len(seen))
    assert counts[0] == counts[1]
