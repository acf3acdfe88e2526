"""Where one is signed in: the list in the settings, ending it there, and sessions that end by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account, RoleGrant, Session
from jiangong.ground.organization.sessions import handle_of
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role
from tests.conftest import AT, PASSWORD, SYSTEM, TODAY, World
from tests.doors.desk.asking import ClientOf, follow, text_of

PHONE = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


@pytest.fixture(autouse=True)
def password_as_the_tests_hash_it(accounts: dict[str, Account]) -> None:
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])


def signed_in(agent: str = DESK, address: str = "192.0.2.7") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_devices_are_listed_in_words(accounts: dict[str, Account]) -> None:
    desk, _phone = signed_in(), signed_in(PHONE, "192.0.2.8")
    page = text_of(desk.get("/settings/"))
    assert "Chrome · Windows" in page
    assert "微信 · Android" in page
    assert "192.0.2.8" in page
    assert page.count("本机") == 1


def test_the_key_of_a_session_stands_on_no_page(accounts: dict[str, Account]) -> None:
    desk, phone = signed_in(), signed_in(PHONE)
    page = text_of(desk.get("/settings/"))
    assert str(phone.session.session_key) not in page
    assert handle_of(str(phone.session.session_key)) in page


def test_an_ended_session_is_out_with_the_next_request(accounts: dict[str, Account]) -> None:
    desk, phone = signed_in(), signed_in(PHONE)
    handle = handle_of(str(phone.session.session_key))
    assert is_in(phone)
    assert "已退出登录" in follow(desk, f"/settings/sessions/{handle}/end/")
    assert not is_in(phone)
    assert is_in(desk)
    assert desk.post(f"/settings/sessions/{handle}/end/").status_code == 409
    assert AuditEvent.objects.get(verb="session.end").detail == {"ended": 1}


def test_all_others_are_ended_at_once(accounts: dict[str, Account]) -> None:
    others, desk = [signed_in(), signed_in(PHONE)], signed_in()
    follow(desk, "/settings/sessions/end/")
    assert not any(is_in(other) for other in others)
    assert is_in(desk)


def test_nobody_ends_the_session_of_another(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    phone = signed_in(PHONE)
    handle = handle_of(str(phone.session.session_key))
    assert client_of("stranger").post(f"/settings/sessions/{handle}/end/").status_code == 409
    assert is_in(phone)


def test_the_longest_unused_ends_when_there_are_too_many(
    accounts: dict[str, Account], settings: LazySettings
) -> None:
    settings.SESSIONS = 2
    first, second, third = signed_in(), signed_in(PHONE), signed_in()
    assert [is_in(client) for client in (first, second, third)] == [False, True, True]
    event = AuditEvent.objects.filter(verb="account.sign_in").order_by("-number").first()
    assert event is not None
    assert event.detail == {"way": "password", "ended": 1}


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("jiangong.ground.shared.clock.now", lambda: moment)


def test_who_does_nothing_for_long_is_signed_out(
    accounts: dict[str, Account], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, start = signed_in(), clock.now()
    for minutes in (settings.IDLE_MINUTES - 1, 2 * settings.IDLE_MINUTES - 2):
        at(monkeypatch, start + timedelta(minutes=minutes))
        assert is_in(desk)
    at(monkeypatch, start + timedelta(minutes=3 * settings.IDLE_MINUTES))
    answer = desk.get("/records/")
    assert answer["Location"] == "/sign-in/?next=/records/&expired=yes"


def test_looking_around_writes_once_a_minute(
    accounts: dict[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, start = signed_in(), clock.now()
    key = desk.session.session_key

    def writes(seconds: int) -> int:
        at(monkeypatch, start + timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as seen:
            desk.get("/help/")
        return sum(query["sql"].startswith("UPDATE") for query in seen.captured_queries)

    assert [writes(seconds) for seconds in (10, 30, 61, 90, 130)] == [0, 0, 1, 0, 1]
    assert Session.objects.get(pk=key).seen_at == start + timedelta(seconds=130)


def test_a_page_asks_no_more_with_many_sessions(accounts: dict[str, Account]) -> None:
    def number(client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    desk = signed_in()
    few = [number(desk, address) for address in ("/help/", "/settings/")]
    for _time in range(3):
        signed_in(PHONE)
    assert [number(desk, address) for address in ("/help/", "/settings/")] == few


def test_who_leaves_is_out(accounts: dict[str, Account]) -> None:
    desk = signed_in()
    operations.release_person(actor=SYSTEM, person_id=accounts["clerk"].person_id, until=TODAY, at=AT)
    assert not is_in(desk)
    assert not Session.objects.filter(account=accounts["clerk"]).exists()


def test_who_moves_is_out_and_the_roles_with_it(accounts: dict[str, Account], world: World) -> None:
    desk = signed_in()
    operations.transfer_person(
        actor=SYSTEM,
        person_id=accounts["clerk"].person_id,
        unit_id=world.community.pk,
        on=TODAY,
        at=AT,
    )
    assert not is_in(desk)
    assert not RoleGrant.objects.filter(account=accounts["clerk"], until__isnull=True).exists()


def test_roles_on_a_dissolved_unit_end_and_so_do_their_sessions(
    accounts: dict[str, Account], world: World
) -> None:
    desk = signed_in()
    operations.dissolve_unit(actor=SYSTEM, unit_id=world.union.pk, until=TODAY, at=AT)
    assert RoleGrant.objects.get(account=accounts["clerk"]).until == TODAY
    assert not is_in(desk)


def test_who_loses_the_last_role_is_out(accounts: dict[str, Account], world: World) -> None:
    operations.grant_role(
        actor=SYSTEM,
        account_id=accounts["clerk"].pk,
        role=Role.REVIEWER,
        unit_id=world.union.pk,
        since=TODAY,
        at=AT,
    )
    desk = signed_in()
    first, last = RoleGrant.objects.filter(account=accounts["clerk"]).order_by("pk")
    operations.end_role(actor=SYSTEM, grant_id=first.pk, on=TODAY, at=AT)
    assert is_in(desk)
    operations.end_role(actor=SYSTEM, grant_id=last.pk, on=TODAY, at=AT)
    assert not is_in(desk)


def test_a_closed_account_has_no_sessions_left(accounts: dict[str, Account]) -> None:
    desk = signed_in()
    operations.close_account(actor=SYSTEM, account_id=accounts["clerk"].pk, at=AT)
    assert not is_in(desk)


def test_a_new_password_ends_the_others(accounts: dict[str, Account]) -> None:
    phone, desk = signed_in(PHONE), signed_in()
    new = "another horse 2021"
    follow(desk, "/settings/password/", {"present": PASSWORD, "password": new, "again": new})
    assert is_in(desk)
    assert not is_in(phone)


def test_wrong_methods_and_visitors(client_of: ClientOf) -> None:
    for address in ("/settings/sessions/end/", "/settings/sessions/0123456789abcdef/end/"):
        assert client_of("clerk").get(address).status_code == 405
        assert client_of("visitor").post(address).status_code == 302
