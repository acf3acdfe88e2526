"""One record: what its page shows, and what may be done to it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from jiangong.books.ledger.models import Posting, Record
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.rules import AUDIENCE, ActivityContent
from tests.conftest import AT, DAY, TODAY, MakeRecord
from tests.doors.desk.asking import ClientOf, follow, text_of

ACTS = ("submit", "confirm", "return", "withdraw", "discard")


def page(record: Record) -> str:
    return reverse("desk:record", args=[record.pk])


def act(name: str, record: Record) -> str:
    return reverse(f"desk:{name}", args=[record.pk])


def seen(record: Record) -> dict[str, str]:
    """The record as its page shows it now: what a form on that page sends along."""
    return {"version": str(Record.objects.get(pk=record.pk).version)}


def state_of(record: Record) -> str:
    return Record.objects.get(pk=record.pk).state


def test_a_confirmed_record_shows_its_life_its_proof_and_what_it_posted(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(audience=86)
    text = text_of(client_of("clerk").get(page(record)))
    for shown in ("录入", "提交", "确认入账", "86 人次", "/thumbnail/", "第 1 号凭证"):
        assert shown in text
    posting = Posting.objects.get()
    assert posting.digest[:12] in text
    assert reverse("desk:figure", args=[f"{AUDIENCE}@lecture"]) in text


def test_the_number_opens_its_trail_as_its_name_does(client_of: ClientOf, make_record: MakeRecord) -> None:
    text = text_of(client_of("clerk").get(page(make_record(audience=86))))
    link = text[: text.index("+86")].rpartition("<a ")[2]
    assert reverse("desk:figure", args=[f"{AUDIENCE}@lecture"]) in link
    assert "data-trail" in link


def test_a_decided_amendment_says_what_was_and_what_became_of_it(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(audience=80)
    content = ActivityContent(title=record.title, happened_on=DAY, place="礼堂", quantities={AUDIENCE: 95})
    amendment = activities.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="补签到", at=AT, today=TODAY
    )
    client = client_of("reviewer")
    assert "现在" in text_of(client.get(page(record)))
    client.post(reverse("desk:accept", args=[amendment.pk]))
    text = text_of(client.get(page(record)))
    assert "更正前" in text
    assert "更正后" in text
    assert "现在" not in text


def test_adding_evidence_says_what_may_be_added(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="draft")
    text = text_of(client_of("clerk").get(page(record)))
    assert "选择照片或文件" in text
    assert "每个不超过 20 MB" in text


def test_findings_say_their_numbers_once_and_days_in_words(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    text = text_of(client_of("reviewer").get(page(make_record(state="submitted", audience=900_000))))
    assert text.count("900,000") == 2, "the line and its finding"
    assert "2019年12月31日" in text
    assert "↔" not in text


def test_a_withdrawn_record_says_why_and_stays_readable(client_of: ClientOf, make_record: MakeRecord) -> None:
    text = text_of(client_of("clerk").get(page(make_record(state="withdrawn", audience=86))))
    assert "重复录入" in text
    assert "−86" in text


def test_a_returned_record_tells_its_clerk_what_to_mend(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="returned")
    text = text_of(client_of("clerk").get(page(record)))
    assert "请补人数依据" in text
    assert reverse("activities:change", args=[record.pk]) in text
    assert act("submit", record) in text


def test_each_sees_the_acts_they_may_do(client_of: ClientOf, make_record: MakeRecord) -> None:
    submitted, confirmed, draft = (make_record(state=state) for state in ("submitted", "confirmed", "draft"))
    assert act("confirm", submitted) in text_of(client_of("reviewer").get(page(submitted)))
    assert act("confirm", submitted) not in text_of(client_of("clerk").get(page(submitted)))
    assert act("withdraw", confirmed) in text_of(client_of("reviewer").get(page(confirmed)))
    assert act("withdraw", confirmed) not in text_of(client_of("clerk").get(page(confirmed)))
    assert act("discard", draft) in text_of(client_of("clerk").get(page(draft)))


def test_a_draft_goes_from_hand_to_hand(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="draft")
    assert "已提交" in follow(client_of("clerk"), act("submit", record))
    assert "已退回" in follow(
        client_of("reviewer"), act("return", record), {"reason": "请补签到表", **seen(record)}
    )
    follow(client_of("clerk"), act("submit", record))
    assert "凭证号 1" in follow(client_of("reviewer"), act("confirm", record), seen(record))
    taken_back = {"reason": "重复", **seen(record)}
    assert "凭证号 2" in follow(client_of("reviewer"), act("withdraw", record), taken_back)
    assert state_of(record) == "withdrawn"


@pytest.mark.parametrize("name", ["confirm", "return"])
def test_what_the_reviewer_has_not_seen_is_not_decided(
    client_of: ClientOf, make_record: MakeRecord, name: str
) -> None:
    record = make_record(state="submitted", audience=50)
    old = {"reason": "请核对", **seen(record)}
    follow(client_of("head"), act("return", record), old)
    follow(client_of("clerk"), act("submit", record))
    for form in (old, {"reason": "请核对"}):
        assert "您打开后，本记录已有改动" in follow(client_of("reviewer"), act(name, record), form)
        assert state_of(record) == "submitted"


def test_a_draft_can_be_thrown_away(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="draft", photos=0)
    answer = client_of("clerk").post(act("discard", record))
    assert answer["Location"] == "/queue/?tab=drafts"
    assert not Record.objects.filter(pk=record.pk).exists()


def test_a_submitted_record_is_not_thrown_away(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    assert "notice notice-error" in follow(client_of("clerk"), act("discard", record))
    assert state_of(record) == "submitted"


def test_an_error_is_confirmed_only_with_a_reason(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted", audience=900_000)
    client = client_of("reviewer")
    assert "notice notice-error" in follow(client, act("confirm", record), seen(record))
    assert state_of(record) == "submitted"
    follow(client, act("confirm", record), {"override": "已核对签到", **seen(record)})
    assert state_of(record) == "confirmed"
    assert "已核对签到" in text_of(client.get(page(record)))


@pytest.mark.parametrize("name", ["return", "withdraw"])
def test_a_reason_is_asked_for(client_of: ClientOf, make_record: MakeRecord, name: str) -> None:
    record = make_record(state="submitted" if name == "return" else "confirmed")
    before = state_of(record)
    assert "notice notice-error" in follow(
        client_of("reviewer"), act(name, record), {"reason": " \u200b ", **seen(record)}
    )
    assert state_of(record) == before


def test_the_second_to_confirm_is_told_that_it_is_done(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    form = seen(record)
    follow(client_of("reviewer"), act("confirm", record), form)
    assert "已有同志先行处理" in follow(client_of("head"), act("confirm", record), form)
    assert Posting.objects.count() == 1


def test_nobody_confirms_their_own(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted", by="head")
    assert client_of("head").post(act("confirm", record)).status_code == 403
    assert state_of(record) == "submitted"


def test_an_amendment_is_decided_by_another(
    client_of: ClientOf, make_record: MakeRecord, cast: dict[str, Actor]
) -> None:
    record = make_record(audience=80)
    content = ActivityContent(title=record.title, happened_on=DAY, quantities={AUDIENCE: 95})
    amendment = activities.propose_change(
        actor=cast["clerk"], record_id=record.pk, content=content, reason="补签到", at=AT, today=TODAY
    )
    refuse = reverse("desk:refuse", args=[amendment.pk])
    assert refuse not in text_of(client_of("clerk").get(page(record)))
    reviewer = client_of("reviewer")
    assert refuse in text_of(reviewer.get(page(record)))
    assert "notice notice-error" in follow(reviewer, refuse)
    assert "未采纳" in follow(reviewer, refuse, {"reason": "原签到表已核对"})
    assert "原签到表已核对" in text_of(client_of("clerk").get(page(record)))
    assert client_of("stranger").post(refuse).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_a_stranger_finds_nothing(client_of: ClientOf, make_record: MakeRecord, name: str) -> None:
    record = make_record(state="submitted")
    client = client_of("stranger")
    assert client.get(page(record)).status_code == 404
    assert client.post(act(name, record), {"reason": "x"}).status_code == 404
    assert state_of(record) == "submitted"


def test_anothers_draft_is_nobodys_business(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="draft")
    for name in ("reviewer", "head", "auditor"):
        assert client_of(name).get(page(record)).status_code == 404


@pytest.mark.parametrize("name", ["confirm", "return", "withdraw"])
def test_without_the_right_it_is_forbidden(client_of: ClientOf, make_record: MakeRecord, name: str) -> None:
    record = make_record(state="confirmed" if name == "withdraw" else "submitted")
    for who in ("clerk", "auditor"):
        assert client_of(who).post(act(name, record), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_only_posted(client_of: ClientOf, make_record: MakeRecord, name: str) -> None:
    record = make_record()
    assert client_of("reviewer").get(act(name, record)).status_code == 405
    assert client_of("visitor").post(act(name, record)).status_code == 302


def test_the_way_on_stays_in_the_house(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record(state="submitted")
    answer = client_of("reviewer").post(act("confirm", record), {"next": "https://example.org/"})
    assert answer["Location"] == page(record)


def test_a_number_that_is_no_record(client_of: ClientOf) -> None:
    assert client_of("clerk").get("/records/987654321/").status_code == 404
    assert client_of("clerk").get("/records/abc/").status_code == 404
