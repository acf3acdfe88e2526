"""记一笔: one screen, handed in or kept as a draft; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger.models import Record
from jiangong.ground.shared import clock
from jiangong.work.activities import operations, queries
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import MakeRecord, World
from tests.work.activities.typed import AUDIENCE_FIELD, hall, picture, typed

ClientOf = Callable[[str], Client]
ADDRESS = "/activities/enter/lecture/"


def test_the_screen_opens_with_todays_title_and_asks_for_what_the_kind_counts(client_of: ClientOf) -> None:
    page = client_of("clerk").get(ADDRESS)
    body = page.content.decode()
    assert page.status_code == 200
    assert "职工大讲堂（" in body
    assert f'name="{AUDIENCE_FIELD}"' in body
    assert f'max="{clock.today().isoformat()}"' in body


def test_a_clerk_hands_in_a_lecture_with_its_photo(client_of: ClientOf, world: World) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world))
    record = Record.objects.get()
    assert answer["Location"] == reverse("activities:booked", args=[record.pk])
    assert (record.state, record.title, record.exhibits.count()) == ("submitted", "劳模精神进企业", 1)
    assert queries.content_of(record).quantities == {AUDIENCE: 86}


def test_a_colleague_books_for_the_same_unit(client_of: ClientOf, world: World) -> None:
    assert client_of("reviewer").post(ADDRESS, typed(world)).status_code == 302


def test_another_unit_is_not_found(client_of: ClientOf, world: World) -> None:
    answer = client_of("stranger").post(ADDRESS, typed(world))
    assert answer.status_code == 404
    assert not Record.objects.exists()


def test_an_auditor_may_not_enter(client_of: ClientOf, world: World) -> None:
    assert client_of("auditor").get(ADDRESS).status_code == 403
    assert client_of("auditor").post(ADDRESS, typed(world)).status_code == 403


def test_a_visitor_is_sent_to_sign_in(client_of: ClientOf, db: None) -> None:
    assert "/sign-in/" in client_of("visitor").get(ADDRESS)["Location"]


def test_only_get_and_post(client_of: ClientOf) -> None:
    assert client_of("clerk").put(ADDRESS).status_code == 405


def test_an_unknown_kind_is_not_found(client_of: ClientOf) -> None:
    assert client_of("clerk").get("/activities/enter/parade/").status_code == 404


def test_sent_twice_books_once(client_of: ClientOf, world: World) -> None:
    client, form = client_of("clerk"), typed(world)
    first = client.post(ADDRESS, form)
    again = client.post(ADDRESS, {**form, "photos": [picture()]})
    assert first["Location"] == again["Location"]
    assert Record.objects.count() == 1


def test_other_content_under_a_form_already_handed_in_is_refused(client_of: ClientOf, world: World) -> None:
    client, form = client_of("clerk"), typed(world)
    client.post(ADDRESS, form)
    again = client.post(ADDRESS, {**form, AUDIENCE_FIELD: "999", "photos": [picture()]})
    assert "已经提交过" in again.content.decode()
    assert queries.content_of(Record.objects.get()).quantities == {AUDIENCE: 86}


@pytest.mark.parametrize(
    "written,sentence",
    [
        ("10000万", "容易差出一万倍"),
        ("-5", "负数"),
        ("1,0３4", "混用"),
        ("八十六个", "无法识别"),
        ("86.5", "按整人次计"),
        ("9" * 30, "位数过多"),
    ],
)
def test_what_cannot_be_read_stands_beside_its_field_and_the_rest_is_kept(
    client_of: ClientOf, world: World, written: str, sentence: str
) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world, activities__audience=written))
    body = answer.content.decode()
    record = Record.objects.get()
    assert answer.status_code == 422
    assert sentence in body, body[body.find("field-error") :][:300]
    assert written in body
    assert (record.state, record.exhibits.count()) == ("draft", 1)
    assert f'action="/activities/{record.pk}/change/"' in body


@pytest.mark.parametrize(
    "written,booked", [("８６", 86), ("1,200", 1200), ("0.12万", 1200), ("一百二十", 120)]
)
def test_numbers_are_read_as_clerks_write_them(
    client_of: ClientOf, world: World, written: str, booked: int
) -> None:
    client_of("clerk").post(ADDRESS, typed(world, activities__audience=written))
    assert queries.content_of(Record.objects.get()).quantities == {AUDIENCE: booked}


def test_a_missing_number_keeps_a_draft_and_asks_for_it(client_of: ClientOf, world: World) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world, activities__audience=""))
    assert answer.status_code == 422
    assert "没有的，请填 0" in answer.content.decode()
    assert Record.objects.get().state == "draft"


def test_a_draft_needs_no_numbers(client_of: ClientOf, world: World) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world, activities__audience="", act="draft"))
    assert answer.status_code == 302
    assert Record.objects.get().state == "draft"


def test_a_day_in_2099_books_nothing_and_says_that_photos_are_to_be_chosen_again(
    client_of: ClientOf, world: World
) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world, happened_on="2099-01-01"))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有到" in body
    assert "重新选择照片" in body
    assert "86" in body
    assert not Record.objects.exists()


def test_a_photo_that_is_none_is_named_and_loses_nothing_else(client_of: ClientOf, world: World) -> None:
    bad = SimpleUploadedFile("笔记.jpg", b"not a photo", content_type="image/jpeg")
    answer = client_of("clerk").post(ADDRESS, typed(world, photos=[picture(1), bad, picture(2)]))
    record = Record.objects.get()
    assert "笔记.jpg" in answer.content.decode()
    assert (record.state, record.exhibits.count()) == ("draft", 2)


def test_a_photo_over_the_limit_is_named(client_of: ClientOf, world: World, settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 0
    answer = client_of("clerk").post(ADDRESS, typed(world))
    assert "现场.jpg" in answer.content.decode()
    assert Record.objects.get().state == "draft"


def test_an_error_is_shown_before_it_is_handed_in(client_of: ClientOf, world: World) -> None:
    client, form = client_of("clerk"), typed(world, activities__audience="900000")
    answer = client.post(ADDRESS, form)
    page = answer.context["page"]
    record = Record.objects.get()
    assert record.state == "draft"
    assert [finding.code for finding in page.findings] == ["P1"]
    assert "仍然提交" in answer.content.decode()
    seen = {**form, "shown": page.shown, "version": str(record.version), "photos": []}
    client.post(reverse("activities:change", args=[record.pk]), seen)
    record.refresh_from_db()
    assert record.state == "submitted"


def test_what_was_shown_while_typing_need_not_be_shown_again(client_of: ClientOf, world: World) -> None:
    client, form = client_of("clerk"), typed(world, activities__audience="900000")
    seen = client.post("/activities/check/lecture/", form).context["shown"]
    client.post(ADDRESS, {**form, "shown_now": seen, "photos": [picture()]})
    assert Record.objects.get().state == "submitted"


def test_a_missing_photo_is_told_once_and_then_left_to_the_reviewer(
    client_of: ClientOf, world: World
) -> None:
    answer = client_of("clerk").post(ADDRESS, typed(world, photos=[]))
    assert "需要 1 张照片作佐证" in answer.content.decode()
    assert Record.objects.get().state == "draft"


def test_a_title_left_as_proposed_follows_the_day(client_of: ClientOf, world: World) -> None:
    proposed = "职工大讲堂（11月23日）"
    client_of("clerk").post(ADDRESS, typed(world, title=proposed, proposed=proposed))
    assert Record.objects.get().title == "职工大讲堂（5月1日）"


def test_a_venue_not_in_being_stands_beside_its_field_and_the_photo_is_kept(
    client_of: ClientOf, world: World, cast: Any
) -> None:
    venue = hall(world, cast)
    answer = client_of("clerk").post(ADDRESS, typed(world, venue=str(venue.pk), happened_on="2018-05-01"))
    record = Record.objects.exclude(pk=venue.pk).get()
    assert answer.status_code == 422
    assert "尚未启用或已停用" in answer.content.decode()
    assert (record.state, record.exhibits.count()) == ("draft", 1)


def test_a_full_disk_keeps_the_input_on_the_screen(
    client_of: ClientOf, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(operations, "book_activity", full)
    answer = client_of("clerk").post(ADDRESS, typed(world))
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "劳模精神进企业" in body
    assert "field-error" in body or "notice-error" in body


def test_a_form_without_its_number_books_all_the_same(client_of: ClientOf, world: World) -> None:
    assert client_of("clerk").post(ADDRESS, typed(world, uuid="?")).status_code == 302


def test_the_last_venue_is_offered_first(client_of: ClientOf, world: World, cast: Any) -> None:
    venue = hall(world, cast)
    client = client_of("clerk")
    client.post(ADDRESS, typed(world, venue=str(venue.pk)))
    page = client.get(ADDRESS)
    assert page.context["page"].form.initial["venue"] == venue.pk
    assert "邮益思职工大讲堂（" in page.content.decode()


def test_the_statements_do_not_grow_with_the_book(
    client_of: ClientOf, make_record: MakeRecord, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        make_record(state="submitted")
    client = client_of("clerk")
    client.get(ADDRESS)
    with django_assert_max_num_queries(40):
        client.get(ADDRESS)


def test_booked_shows_what_stands_and_what_comes_next(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    page = client.get(client.post(ADDRESS, typed(world))["Location"])
    body = page.content.decode()
    assert "再记一笔" in body
    assert "86 人次" in body


def test_booked_is_for_the_one_who_entered(client_of: ClientOf, make_record: MakeRecord) -> None:
    address = reverse("activities:booked", args=[make_record(state="submitted").pk])
    assert client_of("reviewer").get(address).status_code == 404
    assert client_of("stranger").get(address).status_code == 404
    assert client_of("clerk").post(address).status_code == 405


def test_a_title_is_proposed_in_chinese_whatever_language_the_page_has(
    client_of: ClientOf, world: World, cast: Any
) -> None:
    client = client_of("clerk")
    client.post("/language/", {"language": "en"})
    assert "职工大讲堂（" in client.get(ADDRESS).context["page"].form.proposed
    client.post(ADDRESS, typed(world, title="x", proposed="x", venue=str(hall(world, cast).pk)))
    assert Record.objects.get(kind="activity").title == "邮益思职工大讲堂（5月1日）"


def test_who_begins_another_is_told_of_the_own_draft(client_of: ClientOf, make_record: MakeRecord) -> None:
    draft = make_record(state="draft", title="还没写完")
    address = reverse("activities:change", args=[draft.pk])
    assert address in client_of("clerk").get(ADDRESS).content.decode()
    assert address not in client_of("reviewer").get(ADDRESS).content.decode()
    assert address not in client_of("clerk").get("/activities/enter/study/").content.decode()


def test_a_photo_that_is_none_is_named_even_where_nothing_can_be_kept(
    client_of: ClientOf, world: World
) -> None:
    bad = SimpleUploadedFile("笔记.jpg", b"not a photo", content_type="image/jpeg")
    answer = client_of("clerk").post(ADDRESS, typed(world, photos=[bad], happened_on="2099-01-01"))
    body = answer.content.decode()
    assert "笔记.jpg" in body
    assert "重新选择照片" in body


def test_going_without_a_refused_file_is_offered_only_where_it_is_possible(
    client_of: ClientOf, world: World
) -> None:
    def bad() -> SimpleUploadedFile:
        return SimpleUploadedFile("笔记.jpg", b"not a photo", content_type="image/jpeg")

    client = client_of("clerk")
    alone = client.post(ADDRESS, typed(world, photos=[bad()])).content.decode()
    beside = client.post(ADDRESS, typed(world, photos=[picture(), bad()])).content.decode()
    assert "直接提交" not in alone
    assert "直接提交" in beside


def test_the_record_proposes_what_its_photos_show(client_of: ClientOf, world: World, cast: Any) -> None:
    venue = hall(world, cast)
    client_of("clerk").post(ADDRESS, typed(world, venue=str(venue.pk), partners=[str(world.community.pk)]))
    exhibit = Record.objects.get(kind="activity").exhibits.get()
    assert (exhibit.time, exhibit.place, exhibit.people, exhibit.subject) == (
        "2020-05-01",
        "邮益思职工大讲堂",
        "御码社区",
        "劳模精神进企业",
    )
    assert (exhibit.background, exhibit.reason) == ("", "")


def test_proposed_captions_follow_the_record_and_written_ones_stay(client_of: ClientOf, world: World) -> None:
    client = client_of("clerk")
    client.post(ADDRESS, typed(world, act="draft", photos=[picture(1), picture(2)]))
    record = Record.objects.get()
    left, written = record.exhibits.order_by("pk")
    client.post(reverse("evidence:caption", args=[written.pk]), {"subject": "领导讲话"})
    form = typed(world, title="改了题目", version=str(record.version), photos=[], act="draft")
    client.post(reverse("activities:change", args=[record.pk]), form)
    left.refresh_from_db()
    written.refresh_from_db()
    assert (left.subject, written.subject) == ("改了题目", "领导讲话")


def test_the_unit_stands_in_front_for_who_may_choose_among_several(client_of: ClientOf, world: World) -> None:
    head, clerk = (client_of(name).get(ADDRESS).content.decode() for name in ("head", "clerk"))
    fold = head.index("entry-more")
    assert 0 < head.index('<select name="unit"') < fold
    assert '<select name="unit"' not in clerk
