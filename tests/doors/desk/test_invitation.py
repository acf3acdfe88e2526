"""/invitation/…/: setting one's password by a link, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account, Invitation
from jiangong.ground.shared import clock
from tests.conftest import PASSWORD, SYSTEM, World
from tests.doors.desk.asking import text_of

NEW = "another horse 2021"
TYPED = {"password": NEW, "again": NEW}
OVER = "链接已失效"


@pytest.fixture
def invited(accounts: dict[str, Account]) -> operations.Invited:
    return operations.reset_by_invitation(actor=SYSTEM, account_id=accounts["clerk"].pk, at=clock.now())


@pytest.fixture
def address(invited: operations.Invited) -> str:
    return reverse("desk:invitation", args=[invited.token])


def test_the_link_says_for_whom_it_is(client: Client, address: str) -> None:
    page = text_of(client.get(address))
    assert "clerk同志" in page
    assert 'autocomplete="new-password"' in page


def test_the_password_is_set_once_and_one_signs_in_with_it(client: Client, address: str) -> None:
    assert client.post(address, TYPED)["Location"] == "/sign-in/"
    assert client.post("/sign-in/", {"username": "clerk", "password": NEW})["Location"] == "/"
    assert client.get("/settings/").status_code == 200, "what one has chosen is not to be changed at once"
    again = client.post(address, {"password": PASSWORD + "x", "again": PASSWORD + "x"})
    assert again.status_code == 404
    assert OVER in text_of(again)


def test_the_log_tells_of_the_link_without_it(
    client: Client, address: str, invited: operations.Invited
) -> None:
    client.post(address, TYPED)
    events = AuditEvent.objects.filter(verb__startswith="invitation.").order_by("number")
    assert [event.verb for event in events] == ["invitation.make", "invitation.accept"]
    assert events[1].actor_name == "clerk同志"
    assert not any(invited.token in str(event.detail) or NEW in str(event.detail) for event in events)
    assert invited.token not in str(list(Invitation.objects.values()))


@pytest.mark.parametrize("bad", [{"again": "x"}, {"password": "short", "again": "short"}, {"password": ""}])
def test_what_does_not_do_is_said_and_the_link_stays(
    client: Client, address: str, bad: dict[str, str]
) -> None:
    answer = client.post(address, {**TYPED, **bad})
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert client.post(address, TYPED).status_code == 302


def test_expired_closed_and_unknown_links_say_the_same(
    client: Client, address: str, accounts: dict[str, Account], world: World
) -> None:
    def said() -> str:
        answer = client.get(address)
        assert answer.status_code == 404
        return text_of(answer)

    operations.close_account(actor=SYSTEM, account_id=accounts["clerk"].pk, at=clock.now())
    closed = said()
    operations.reopen_account(actor=SYSTEM, account_id=accounts["clerk"].pk, at=clock.now())
    Invitation.objects.update(
        until=clock.now() - timedelta(seconds=1), made_at=clock.now() - timedelta(days=8)
    )
    expired = said()
    Invitation.objects.all().delete()
    assert OVER in said()
    assert closed == expired == said()


def test_links_are_not_guessed_without_end(client: Client, settings: LazySettings, address: str) -> None:
    for guess in range(settings.AXES_FAILURE_LIMIT):
        client.get(reverse("desk:invitation", args=[f"guess-{guess}"]))
    assert client.get(address).status_code == 429


def test_an_old_link_is_no_guess(client: Client, settings: LazySettings, address: str) -> None:
    client.post(address, TYPED)
    for _time in range(settings.AXES_FAILURE_LIMIT + 1):
        assert client.get(address).status_code == 404
    assert client.post("/sign-in/", {"username": "clerk", "password": NEW}).status_code == 302


def test_only_get_and_post(client: Client, address: str) -> None:
    assert client.delete(address).status_code == 405
