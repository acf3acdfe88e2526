"""/sign-in/code/ and /sign-in/passkey/: what comes after the password, or in its place."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.conf import LazySettings
from django.test import Client

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.identity import operations
from jiangong.ground.identity.models import Authenticator, Passkey
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Role
from tests.conftest import PASSWORD
from tests.doors.desk.asking import ClientOf, follow, text_of
from tests.ground.identity.keys import HOUSE, PRESENT, SoftKey

RIGHT = {"username": "clerk", "password": PASSWORD}
STEP = "/sign-in/code/"


@pytest.fixture(autouse=True)
def house(accounts: dict[str, Account], settings: LazySettings) -> None:
    settings.BASE_URL = HOUSE
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])


@pytest.fixture
def secret(cast: dict[str, Actor]) -> str:
    """Of an app that was set up a while ago, so that the present code is still to be used."""
    made = pyotp.random_base32()
    before = clock.now() - timedelta(minutes=5)
    operations.add_authenticator(
        actor=cast["clerk"], secret=made, code=pyotp.TOTP(made).at(before), password=PASSWORD, at=before
    )
    return made


@pytest.fixture
def key(client_of: ClientOf) -> SoftKey:
    """Set up by the clerk, through the pages."""
    made, clerk = SoftKey(), client_of("clerk")
    asked = clerk.post("/settings/second-factor/passkey/options/").json()
    form = {"name": "手机", "password": PASSWORD, "answer": made.made(asked)}
    assert "恢复码" in follow(clerk, "/settings/second-factor/passkey/", form)
    return made


def now(secret: str) -> str:
    return pyotp.TOTP(secret).now()


def with_password(client: Client, address: str = "") -> Client:
    assert client.post("/sign-in/", {**RIGHT, "next": address})["Location"] == STEP
    return client


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_the_password_alone_lets_nobody_in(client: Client, secret: str) -> None:
    with_password(client, "/records/")
    assert not is_in(client)
    assert "6 位数字" in text_of(client.get(STEP))
    assert client.post(STEP, {"code": now(secret)})["Location"] == "/records/"
    assert is_in(client)
    assert client.get(STEP)["Location"] == "/sign-in/"


def test_the_log_tells_how_somebody_came_in(client: Client, secret: str) -> None:
    with_password(client).post(STEP, {"code": "000000"})
    client.post(STEP, {"code": now(secret)})
    told = AuditEvent.objects.filter(verb__in=("factor.fail", "factor.use", "account.sign_in"))
    assert [event.verb for event in told.order_by("number")] == [
        "factor.fail",
        "factor.use",
        "account.sign_in",
    ]
    assert told.get(verb="account.sign_in").detail == {"way": "password+app"}
    assert not any(secret in str(event.detail) for event in AuditEvent.objects.all())


def test_a_code_is_taken_once(client: Client, secret: str) -> None:
    code = now(secret)
    with_password(client).post(STEP, {"code": code})
    second = with_password(Client())
    answer = second.post(STEP, {"code": code})
    assert answer.status_code == 422
    assert "已使用过" in text_of(answer)
    assert not is_in(second)


def test_a_recovery_code_stands_in_once(client: Client, secret: str, cast: dict[str, Actor]) -> None:
    codes = operations.make_recovery_codes(actor=cast["clerk"], password=PASSWORD, at=clock.now())
    with_password(client).post(STEP, {"code": codes[0].upper()})
    assert is_in(client)
    second = with_password(Client())
    assert second.post(STEP, {"code": codes[0]}).status_code == 422
    assert second.post(STEP, {"code": codes[1]}).status_code == 302


def test_wrong_codes_lock_as_wrong_passwords_do(client: Client, secret: str, settings: LazySettings) -> None:
    with_password(client)
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post(STEP, {"code": "000000"}).status_code == 422
    assert client.post(STEP, {"code": "000000"}).status_code == 429
    assert client.post(STEP, {"code": now(secret)}).status_code == 429
    assert client.get(STEP).status_code == 429
    assert Client().post("/sign-in/", RIGHT).status_code == 429
    assert AuditEvent.objects.filter(verb="factor.fail").count() == settings.AXES_FAILURE_LIMIT
    assert AuditEvent.objects.filter(verb="account.locked").count() == 1


def test_the_right_password_in_between_forgives_no_wrong_code(
    client: Client, secret: str, settings: LazySettings
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        with_password(client).post(STEP, {"code": "000000"})
    assert client.post(STEP, {"code": "000000"}).status_code == 429


def test_ten_minutes_after_the_password_it_is_asked_again(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(client)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr("jiangong.ground.shared.clock.now", lambda: later)
    code = pyotp.TOTP(secret).at(later)
    assert client.post(STEP, {"code": code})["Location"] == "/sign-in/"
    assert not is_in(client)


def test_without_the_password_there_is_no_second_step(client: Client, secret: str) -> None:
    assert client.get(STEP)["Location"] == "/sign-in/"
    assert client.post(STEP, {"code": now(secret)})["Location"] == "/sign-in/"
    assert client.delete(STEP).status_code == 405


def test_a_passkey_alone_is_both_factors(client: Client, key: SoftKey, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK})
    assert "data-options" in text_of(client.get("/sign-in/"))
    asked = client.post("/sign-in/passkey/options/").json()
    assert asked.get("allowCredentials") in (None, []), "no name is tried out"
    answer = client.post("/sign-in/passkey/", {"answer": key.signed(asked), "next": "/records/"})
    assert answer["Location"] == "/records/"
    assert client.get("/records/").status_code == 200
    assert AuditEvent.objects.get(verb="account.sign_in").detail == {"way": "passkey"}
    assert Passkey.objects.get().used_at is not None


def test_a_passkey_follows_the_password_too(client: Client, key: SoftKey) -> None:
    with_password(client)
    assert "data-options" in text_of(client.get(STEP))
    asked = client.post("/sign-in/passkey/options/").json()
    client.post("/sign-in/passkey/", {"answer": key.signed(asked)})
    assert is_in(client)


@pytest.mark.parametrize("bent", ["origin", "unverified", "challenge", "other key", "replayed", "closed"])
def test_what_does_not_fit_lets_nobody_in(
    client: Client, key: SoftKey, accounts: dict[str, Account], bent: str
) -> None:
    asked = client.post("/sign-in/passkey/options/").json()
    answer = key.signed(asked)
    if bent == "origin":
        answer = key.signed(asked, origin="https://jiangong.example.com")
    if bent == "unverified":
        answer = key.signed(asked, flags=PRESENT)
    if bent == "challenge":
        client.post("/sign-in/passkey/options/")
    if bent == "other key":
        answer = SoftKey(credential_id=key.credential_id).signed(asked)
    if bent == "closed":
        Account.objects.filter(pk=accounts["clerk"].pk).update(is_active=False)
    if bent == "replayed":
        assert client.post("/sign-in/passkey/", {"answer": answer}).status_code == 302
    said = client.post("/sign-in/passkey/", {"answer": answer})
    assert said.status_code == 422
    assert "通行密钥" in text_of(said)


def test_a_key_that_counts_backwards_looks_copied(client: Client, key: SoftKey) -> None:
    for count, status in ((7, 302), (3, 422)):
        key.count = count
        asked = Client()
        options = asked.post("/sign-in/passkey/options/").json()
        assert asked.post("/sign-in/passkey/", {"answer": key.signed(options)}).status_code == status
    assert Passkey.objects.get().sign_count == 8


@pytest.mark.parametrize("bent", ["origin", "unverified", "challenge", "host"])
def test_no_bent_key_is_set_up(client_of: ClientOf, bent: str) -> None:
    clerk, key = client_of("clerk"), SoftKey()
    asked = clerk.post("/settings/second-factor/passkey/options/").json()
    answer = key.made(asked)
    if bent == "origin":
        answer = key.made(asked, origin="https://elsewhere.example.org")
    if bent == "unverified":
        answer = key.made(asked, flags=PRESENT)
    if bent == "challenge":
        clerk.post("/settings/second-factor/passkey/options/")
    if bent == "host":
        answer = SoftKey(host="elsewhere.example.org").made(asked)
    page = follow(
        clerk, "/settings/second-factor/passkey/", {"name": "手机", "password": PASSWORD, "answer": answer}
    )
    assert "未能设置通行密钥" in page
    assert not Passkey.objects.exists()


def test_no_key_is_made_on_a_device_left_open(client_of: ClientOf) -> None:
    clerk, key = client_of("clerk"), SoftKey()
    asked = clerk.post("/settings/second-factor/passkey/options/").json()
    form = {"name": "手机", "password": "not this one", "answer": key.made(asked)}
    assert "当前密码不正确" in follow(clerk, "/settings/second-factor/passkey/", form)
    assert not Passkey.objects.exists()


def test_the_last_factor_takes_the_recovery_codes_along(
    client_of: ClientOf, key: SoftKey, secret: str
) -> None:
    clerk = client_of("clerk")
    passkey = Passkey.objects.get()
    follow(clerk, f"/settings/second-factor/passkey/{passkey.pk}/remove/", {"password": PASSWORD})
    assert Authenticator.objects.exists()
    assert Account.objects.get(username="clerk").recovery_codes.count() == 10


def test_wrong_methods(client: Client) -> None:
    for address in ("/sign-in/passkey/", "/sign-in/passkey/options/"):
        assert client.get(address).status_code == 405


def test_a_password_that_changed_in_between_leads_to_no_second_step(
    client: Client, secret: str, accounts: dict[str, Account]
) -> None:
    with_password(client)
    account = Account.objects.get(pk=accounts["clerk"].pk)
    account.set_password("another horse 2021")
    account.save(update_fields=["password"])
    assert client.post(STEP, {"code": now(secret)})["Location"] == "/sign-in/"
    assert not is_in(client)
