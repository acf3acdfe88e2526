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


def withdraw(desk: Desk, consent: Consent) -> None:
    operations.withdraw_consent(
        actor=desk.cast["clerk"], uuid=desk.report.uuid, consent_id=consent.pk, at=desk.later()
    )


def waiting(desk: Desk, *, by: str = "head") -> list[int]:
    return [group.count for group in queries.waiting_consents(desk.cast[by], DATED)]


def test_publishing_asks_about_every_name_that_the_check_finds(named: Desk) -> None:
    named.issue()
    with pytest.raises(operations.NamesUnagreed) as refused:
        named.publish(1)
    assert NAME in str(refused.value)
    record(named)
    assert named.publish(1).pk


def test_a_consent_withdrawn_of_a_public_text_waits_for_who_can_take_it_down(named: Desk) -> None:
    kept = record(named)
    named.issue()
    named.publish(1)
    assert waiting(named) == []
    withdraw(named, kept)
    assert waiting(named) == [1]
    assert waiting(named, by="clerk") == []
    assert waiting(named, by="stranger") == []
    again = record(named)
    assert waiting(named) == []
    withdraw(named, again)
    assert waiting(named) == [1]
    operations.unpublish_issue(actor=named.cast["head"], uuid=named.report.uuid, number=1, at=named.later())
    assert waiting(named) == []
    assert NAME not in json.dumps(
        list(AuditEvent.objects.values_list("detail", flat=True)), ensure_ascii=False
    )


def test_one_withdrawn_before_was_asked_about_and_one_of_another_text_is_not_told(named: Desk) -> None:
    withdraw(named, record(named))
    named.issue()
    named.publish(1, names_agreed=True)
    assert waiting(named) == []
    kept = record(named)
    named.save("无人具名。")
    named.issue()
    named.publish(2)
    named.withdraw(1)
    withdraw(named, kept)
    assert waiting(named) == []


def test_the_pages_of_the_issue_and_the_report_and_the_home_say_so(named: Desk, client_of: ClientOf) -> None:
    kept = record(named)
    named.issue()
    named.publish(1)
    client = client_of("head")
    issued = reverse("reports:issued", args=[named.report.uuid, 1])
    pages = (issued, reverse("reports:report", args=[named.report.uuid]))
    for page in pages:
        assert "本人已撤回同意" not in client.get(page).content.decode()
    withdraw(named, kept)
    for page in pages:
        assert "本人已撤回同意" in client.get(page).content.decode()
    home = client.get(reverse("desk:home")).content.decode()
    assert "撤回同意后仍公开的文稿" in home
    assert issued in home
