"""Coming in, being locked out, and going out."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import lockouts
from tests.conftest import PASSWORD
from tests.doors.desk.asking import ClientOf, text_of

ADDRESS = "/sign-in/"
RIGHT = {"username": "clerk", "password": PASSWORD}
WRONG = {"username": "clerk", "password": "not this one"}


@pytest.fixture
def visitor(client_of: ClientOf) -> Client:
    return client_of("visitor")


@pytest.fixture(autouse=True)
def password_as_the_tests_hash_it(accounts: dict[str, Account]) -> None:
    """Accounts were opened before the quick hasher of the tests came in."""
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])


def test_name_and_password_lead_home(visitor: Client) -> None:
    answer = visitor.post(ADDRESS, RIGHT)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert visitor.get("/").status_code == 200


def test_one_comes_back_to_where_one_wanted_to_go(visitor: Client) -> None:
    asked = visitor.get("/ledger/?since=2020-01-01&until=2020-06-30")
    assert asked["Location"].startswith("/sign-in/?next=/ledger/")
    answer = visitor.post(ADDRESS, {**RIGHT, "next": "/ledger/?since=2020-01-01&until=2020-06-30"})
    assert answer["Location"] == "/ledger/?since=2020-01-01&until=2020-06-30"


def test_after_an_expired_session_one_comes_back_to_the_page_not_to_its_form(visitor: Client) -> None:
    page = "/queue/7/?since=2020-01-01&until=2020-06-30"
    asked = visitor.post("/records/7/confirm/", headers={"referer": f"http://testserver{page}"})
    assert parse_qs(urlsplit(asked["Location"]).query) == {"next": [page], "expired": ["yes"]}
    assert "登录已过期，请重新登录" in text_of(
        visitor.get(asked["Location"], headers={"accept-language": "zh"})
    )
    elsewhere = visitor.post("/records/7/confirm/", headers={"referer": "https://example.org/x"})
    assert elsewhere["Location"] == "/sign-in/?next=/&expired=yes"


def test_a_page_that_was_open_too_long_offers_to_sign_in_again(accounts: dict[str, Account]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(accounts["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.post("/records/7/submit/", headers={"referer": "http://testserver/records/7/"})
    assert answer.status_code == 403
    assert "页面已过期" in text_of(answer)
    assert 'href="/sign-in/?next=/records/7/"' in text_of(answer)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_to_another_house(visitor: Client, elsewhere: str) -> None:
    assert visitor.post(ADDRESS, {**RIGHT, "next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize("form", [{}, {"username": "clerk"}, WRONG, {**WRONG, "username": "nobody"}])
def test_what_does_not_fit_is_said_and_the_name_stays(visitor: Client, form: dict[str, str]) -> None:
    answer = visitor.post(ADDRESS, form)
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer) or "field-error" in text_of(answer)
    assert f'value="{form.get("username", "")}"' in text_of(answer) or "username" not in form


def test_a_closed_account_cannot_come_in(visitor: Client, accounts: dict[str, Account]) -> None:
    Account.objects.filter(pk=accounts["clerk"].pk).update(is_active=False)
    assert visitor.post(ADDRESS, RIGHT).status_code == 422


def test_too_many_wrong_passwords_lock_the_name_for_a_while(visitor: Client, settings: LazySettings) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        assert visitor.post(ADDRESS, WRONG).status_code == 422
    locked = visitor.post(ADDRESS, WRONG)
    assert locked.status_code == 429
    assert "15 分钟" in text_of(locked)
    assert visitor.post(ADDRESS, RIGHT).status_code == 429


def test_who_is_in_is_sent_on(client_of: ClientOf) -> None:
    assert client_of("clerk").get(ADDRESS)["Location"] == "/"


def test_signing_out_ends_the_session(client_of: ClientOf) -> None:
    client = client_of("clerk")
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == ADDRESS
    assert client.get("/").status_code == 302


def test_only_get_and_post(visitor: Client) -> None:
    assert visitor.delete(ADDRESS).status_code == 405


def test_coming_in_and_going_out_stand_in_the_audit_trail(visitor: Client) -> None:
    visitor.post(ADDRESS, RIGHT, REMOTE_ADDR="192.0.2.7")
    visitor.post("/sign-out/")
    events = AuditEvent.objects.filter(verb__startswith="account.sign").order_by("number")
    assert [event.verb for event in events] == ["account.sign_in", "account.sign_out"]
    assert [event.address for event in events] == ["192.0.2.7", "127.0.0.1"]


def told() -> list[tuple[str, str, str]]:
    events = AuditEvent.objects.filter(verb__in=("account.sign_in_failed", "account.locked"))
    return [(event.verb, event.subject_id, event.address) for event in events.order_by("number")]


def test_wrong_passwords_are_told_until_the_lock_and_the_lock_once(
    visitor: Client, accounts: dict[str, Account], settings: LazySettings
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT + 3):
        visitor.post(ADDRESS, WRONG, REMOTE_ADDR="192.0.2.7")
    clerk = str(accounts["clerk"].pk)
    failed = [("account.sign_in_failed", clerk, "192.0.2.7")] * settings.AXES_FAILURE_LIMIT
    assert told() == [*failed, ("account.locked", clerk, "192.0.2.7")]
    event = AuditEvent.objects.filter(verb="account.locked").get()
    assert (event.account_id, event.actor_name, event.detail) == (None, "", {})


@pytest.mark.parametrize("written", ["CLERK", " clerk ", "ｃｌｅｒｋ"])
def test_however_the_name_is_written_it_is_the_same_account(
    visitor: Client, accounts: dict[str, Account], written: str
) -> None:
    visitor.post(ADDRESS, {**WRONG, "username": written})
    assert told() == [("account.sign_in_failed", str(accounts["clerk"].pk), "127.0.0.1")]


def test_of_a_name_that_nobody_has_it_is_told_that_it_was_tried_but_not_the_name(
    visitor: Client, client_of: ClientOf, settings: LazySettings
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT + 3):
        form = {"username": "my password by mistake", "password": "x"}
        visitor.post(ADDRESS, form, REMOTE_ADDR="192.0.2.9")
    events = AuditEvent.objects.filter(verb="account.unknown_name")
    assert [event.address for event in events] == ["192.0.2.9"] * settings.AXES_FAILURE_LIMIT
    assert not any("mistake" in str(row) for row in AuditEvent.objects.values())
    assert "用不存在的用户名尝试登录" in text_of(client_of("auditor").get("/audit/"))


def test_many_addresses_do_not_fill_the_log(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lockouts, "MOST_TOLD", 3)
    for number in range(6):
        visitor.post(ADDRESS, WRONG, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(told()) == 3


def test_the_account_says_that_it_is_locked_while_it_is(
    visitor: Client, client_of: ClientOf, accounts: dict[str, Account], settings: LazySettings
) -> None:
    security, address = client_of("security"), f"/organization/accounts/{accounts['clerk'].pk}/"
    assert "解除锁定" not in text_of(security.get(address))
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        visitor.post(ADDRESS, WRONG)
    page = text_of(security.get(address))
    assert "已锁定" in page
    assert "解除锁定" in page
    assert "已锁定" not in text_of(
        security.get(address.replace(str(accounts["clerk"].pk), str(accounts["head"].pk)))
    )
    security.post(f"{address}unlock/")
    assert "已锁定" not in text_of(security.get(address))
    assert visitor.post(ADDRESS, RIGHT).status_code == 302


def test_the_log_says_that_nobody_was_signed_in(visitor: Client, client_of: ClientOf) -> None:
    visitor.post(ADDRESS, WRONG)
    page = text_of(client_of("auditor").get("/audit/?verb=account.sign_in_failed"))
    assert "未登录" in page
    assert "登录时密码错误" in page
