"""People named in a report who agreed to be named: kept, withdrawn, and what the text check says then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Consent
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations as organization
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from tests.conftest import AT, SYSTEM, World
from tests.governance.reports.conftest import DATED, Desk

ClientOf = Callable[[str], Client]
TEXT = "2020年，吴战宇被推荐获评全国劳动模范。"
NAME = "吴战宇"


@pytest.fixture
def named(desk: Desk) -> Desk:
    desk.save(TEXT)
    return desk


def record(desk: Desk, *, by: str = "clerk", **given: Any) -> Consent:
    asked: dict[str, Any] = {"name": NAME, "given_on": DATED, "basis": "本人签字的同意书"} | given
    return operations.record_consent(
        actor=desk.cast[by],
        uuid=desk.report.uuid,
        at=desk.later(),
        **asked,
    )


def checked(desk: Desk, *, by: str = "clerk") -> queries.CheckedPage:
    return queries.report_check_page(actor=desk.cast[by], uuid=desk.report.uuid, on=DATED)


def verdicts(desk: Desk) -> list[str]:
    return [one.verdict for one in checked(desk).laid.found if "P18" in one.codes]


def test_a_consent_settles_that_somebody_is_named_and_says_on_what_it_rests(named: Desk) -> None:
    assert verdicts(named) == ["wording"]
    record(named)
    assert verdicts(named) == ["settled"]
    page = checked(named)
    (found,) = [one for one in page.laid.found if "P18" in one.codes]
    assert "2020年5月5日" in found.said
    assert "本人签字的同意书" in found.said
    assert page.to_look_at == 0


def test_a_withdrawn_one_settles_nothing(named: Desk) -> None:
    kept = record(named)
    operations.withdraw_consent(
        actor=named.cast["clerk"], uuid=named.report.uuid, consent_id=kept.pk, at=named.later()
    )
    assert verdicts(named) == ["wording"]
    record(named)
    assert verdicts(named) == ["settled"]
    with pytest.raises(NotFound):
        operations.withdraw_consent(
            actor=named.cast["clerk"], uuid=named.report.uuid, consent_id=kept.pk, at=named.later()
        )


def test_the_log_tells_of_the_act_and_not_of_the_name(named: Desk) -> None:
    record(named)
    event = AuditEvent.objects.get(verb="report.consent")
    assert event.subject_id == str(named.report.uuid)
    assert event.detail["given_on"] == "2020-05-05"
    assert NAME not in json.dumps(event.detail, ensure_ascii=False)


@pytest.mark.parametrize(
    "given,code",
    [
        ({"name": "张文凤"}, "consent_name_elsewhere"),
        ({"name": ""}, "consent_name_elsewhere"),
        ({"given_on": None}, "consent_day_missing"),
        ({"given_on": DATED + timedelta(days=3650)}, "not_yet"),
        ({"basis": "  "}, "consent_basis_missing"),
        ({"basis": "书" * 121}, "consent_basis_missing"),
    ],
)
def test_what_is_no_consent_is_refused(named: Desk, given: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        record(named, **given)
    assert refused.value.code == code
    assert not Consent.objects.exists()


def test_one_consent_stands_at_a_time(named: Desk) -> None:
    record(named)
    with pytest.raises(operations.ConsentKept):
        record(named)


@pytest.mark.parametrize("name,refusal", [("auditor", Forbidden), ("stranger", NotFound)])
def test_recording_needs_the_right_to_write(name: str, refusal: type[DomainError], named: Desk) -> None:
    with pytest.raises(refusal):
        record(named, by=name)


def test_who_agreed_is_not_asked_about_when_it_is_published(named: Desk, world: World) -> None:
    organization.add_person(actor=SYSTEM, unit_id=world.union.pk, name=NAME, at=AT)
    record(named)
    named.issue()
    assert named.publish(1).pk


def test_it_is_recorded_and_withdrawn_beside_the_finding(named: Desk, client_of: ClientOf) -> None:
    client = client_of("clerk")
    address = reverse("reports:report_text_check", args=[named.report.uuid])
    assert "登记本人同意" in client.get(address).content.decode()
    form = {"name": NAME, "given_on": date(2020, 5, 1).isoformat(), "basis": "同意书"}
    page = client.post(reverse("reports:consent", args=[named.report.uuid]), form, follow=True)
    assert "2020年5月1日已征得本人同意公开姓名" in page.content.decode()
    kept = Consent.objects.get()
    page = client.post(reverse("reports:withdraw_consent", args=[named.report.uuid, kept.pk]), follow=True)
    assert "登记本人同意" in page.content.decode()


def test_a_day_that_is_none_is_refused_in_a_sentence(named: Desk, client_of: ClientOf) -> None:
    form = {"name": NAME, "given_on": "30. Mai", "basis": "同意书"}
    page = client_of("clerk").post(reverse("reports:consent", args=[named.report.uuid]), form, follow=True)
    assert "请填写本人同意的日期" in page.content.decode()


def test_who_only_reads_is_offered_nothing(named: Desk, client_of: ClientOf) -> None:
    address = reverse("reports:report_text_check", args=[named.report.uuid])
    page = client_of("auditor").get(address).content.decode()
    assert NAME in page
    assert "登记本人同意" not in page
