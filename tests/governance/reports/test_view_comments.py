"""Commenting on the report's page and in the editor."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import Comment
from tests.governance.reports.conftest import Desk

ClientOf = Callable[[str], Client]


def address(name: str, desk: Desk, *more: object) -> str:
    return reverse(f"reports:{name}", args=[desk.report.uuid, *more])


def filled(**changes: object) -> dict[str, object]:
    return {"uuid": uuid4(), "quote": "受众", "paragraph": 1, "words": "请核对人数"} | changes


def test_a_comment_stands_beside_the_text_and_in_the_editor(desk: Desk, client_of: ClientOf) -> None:
    assert client_of("reviewer").post(address("comment", desk), filled()).status_code == 302
    for page in ("report", "edit"):
        shown = client_of("clerk").get(address(page, desk)).content.decode()
        assert "请核对人数" in shown
        assert 'data-start="' in shown


def test_the_list_says_how_many_are_open(desk: Desk, client_of: ClientOf) -> None:
    desk.comment()
    desk.comment()
    assert "批注 2 条" in " ".join(
        client_of("clerk").get(reverse("reports:reports")).content.decode().split()
    )


def test_an_answer_and_a_settling(desk: Desk, client_of: ClientOf) -> None:
    said = desk.comment("这里不通")
    client = client_of("clerk")
    client.post(address("answer", desk, said.uuid), filled(words="改好了"))
    assert "改好了" in client.get(address("report", desk)).content.decode()
    client.post(address("settle", desk, said.uuid))
    page = " ".join(client.get(address("report", desk)).content.decode().split())
    assert "已办结批注 1 条" in page
    assert address("settle", desk, said.uuid) not in page


def test_a_double_click_says_it_once(desk: Desk, client_of: ClientOf) -> None:
    client, form = client_of("reviewer"), filled()
    for _ in range(2):
        assert client.post(address("comment", desk), form).status_code == 302
    assert Comment.objects.count() == 1


def test_commenting_does_not_make_the_writers_form_stale(desk: Desk, client_of: ClientOf) -> None:
    before = desk.now().version
    client_of("reviewer").post(address("comment", desk), filled())
    assert desk.now().version == before


@pytest.mark.parametrize(
    "changes", [{"words": ""}, {"words": "长" * 1001}, {"uuid": "x"}, {"paragraph": "x"}]
)
def test_bad_input_keeps_what_was_typed(changes: dict[str, object], desk: Desk, client_of: ClientOf) -> None:
    form = filled(**changes)
    answer = client_of("reviewer").post(address("comment", desk), form)
    assert answer.status_code == 422
    assert str(form["words"]) in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name,status", [("auditor", 403), ("stranger", 404), ("visitor", 302)])
def test_commenting_needs_the_right(name: str, status: int, desk: Desk, client_of: ClientOf) -> None:
    said = desk.comment()
    client = client_of(name)
    assert client.post(address("comment", desk), filled()).status_code == status
    assert client.post(address("answer", desk, said.uuid), filled()).status_code == status
    assert client.post(address("settle", desk, said.uuid)).status_code == status
    assert Comment.objects.count() == 1


def test_an_answer_to_nothing_is_not_found(desk: Desk, client_of: ClientOf) -> None:
    client = client_of("clerk")
    assert client.post(address("answer", desk, uuid4()), filled()).status_code == 404
    assert client.post(address("settle", desk, uuid4())).status_code == 404


def test_only_post_is_answered(desk: Desk, client_of: ClientOf) -> None:
    said = desk.comment()
    client = client_of("clerk")
    assert client.get(address("comment", desk)).status_code == 405
    assert client.get(address("answer", desk, said.uuid)).status_code == 405
    assert client.get(address("settle", desk, said.uuid)).status_code == 405


def test_more_comments_cost_no_more_statements(
    desk: Desk, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of("clerk")
    counted = []
    for turns in (1, 8):
        for _ in range(turns):
            desk.comment(quote="受众", start=5)
        with django_assert_max_num_queries(70) as caught:  # type: ignore[attr-defined]
            client.get(address("report", desk))
        counted.append(len(caught))
    assert counted[0] == counted[1]
