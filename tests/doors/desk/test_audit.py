"""The audit log, for auditors only."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jiangong.ground.audit.models import AuditEvent
from tests.conftest import MakeRecord
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
