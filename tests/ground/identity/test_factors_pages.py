"""/settings/second-factor/: setting up an app, recovery codes, and taking them away; resetting another's."""

from __future__ import annotations

import re

import pyotp
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.identity import operations
from jiangong.ground.identity.models import Authenticator, Passkey, RecoveryCode
from jiangong.ground.identity.operations.factors import WrongCode
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Role
from tests.conftest import AT, PASSWORD
from tests.doors.desk.asking import ClientOf, follow, text_of

APP = "/settings/second-factor/app/"
CODES = re.compile(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>")


@pytest.fixture(autouse=True)
def passwords_as_the_tests_hash_them(accounts: dict[str, Account]) -> None:
    for account in accounts.values():
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])


def set_up(client: Client) -> tuple[str, list[str]]:
    """The app's secret, and the recovery codes that were shown."""
    page = text_of(client.get(APP))
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    secret = re.search(r'class="key-text">([A-Z2-7]+)<', page)
    assert sealed
    assert secret
    form = {"secret": sealed[1], "code": pyotp.TOTP(secret[1]).now(), "password": PASSWORD}
    answer = client.post(APP, form)
    return secret[1], CODES.findall(text_of(answer))


def test_an_app_is_set_up_by_a_right_code(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    clerk = client_of("clerk")
    page = clerk.get(APP)
    assert "<svg" in text_of(page)
    assert "no-store" in page["Cache-Control"]
    assert not Authenticator.objects.exists(), "looking sets nothing up"
    secret, codes = set_up(clerk)
    kept = Authenticator.objects.get(account=accounts["clerk"])
    assert secret not in kept.secret
    assert len(codes) == 10
    assert not any(code in str(list(RecoveryCode.objects.values())) for code in codes)
    assert "日已设置" in text_of(clerk.get("/settings/second-factor/"))
    assert AuditEvent.objects.get(verb="factor.add").detail == {"way": "app"}


def test_a_wrong_code_sets_nothing_up_and_the_same_key_stays(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    page = text_of(clerk.get(APP))
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    assert sealed
    answer = clerk.post(APP, {"secret": sealed[1], "code": "000000", "password": PASSWORD})
    assert answer.status_code == 422
    assert sealed[1] in text_of(answer)
    assert not Authenticator.objects.exists()


def test_a_device_left_open_is_not_enough_to_set_one_up(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    page = text_of(clerk.get(APP))
    sealed = re.search(r'name="secret" value="([^"]+)"', page)
    secret = re.search(r'class="key-text">([A-Z2-7]+)<', page)
    assert sealed
    assert secret
    form = {"secret": sealed[1], "code": pyotp.TOTP(secret[1]).now(), "password": "not this one"}
    refused = clerk.post(APP, form)
    assert refused.status_code == 422
    assert "密码不正确" in text_of(refused)
    assert not Authenticator.objects.exists()


def test_a_key_of_another_person_is_not_taken(client_of: ClientOf) -> None:
    sealed = re.search(r'name="secret" value="([^"]+)"', text_of(client_of("stranger").get(APP)))
    assert sealed
    assert client_of("clerk").post(APP, {"secret": sealed[1], "code": "123456"}).status_code == 409


def test_setting_one_up_signs_other_devices_out(client_of: ClientOf) -> None:
    other, clerk = client_of("clerk"), client_of("clerk")
    set_up(clerk)
    assert clerk.get("/settings/").status_code == 200
    assert other.get("/settings/").status_code == 302


def test_only_one_app_at_a_time(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    set_up(clerk)
    assert set_up(clerk)[1] == []
    assert Authenticator.objects.count() == 1


def test_the_app_goes_away_with_the_password_and_codes_with_it(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    set_up(clerk)
    refused = clerk.post(f"{APP}remove/", {"password": "not this one"})
    assert refused.status_code == 422
    assert "密码不正确" in text_of(refused) or "field-error" in text_of(refused)
    assert "验证器已移除" in follow(clerk, f"{APP}remove/", {"password": PASSWORD})
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert clerk.post(f"{APP}remove/", {"password": PASSWORD}).status_code == 404


def test_new_recovery_codes_take_the_place_of_the_old(client_of: ClientOf, cast: dict[str, Actor]) -> None:
    clerk = client_of("clerk")
    assert clerk.post("/settings/second-factor/codes/", {"password": PASSWORD}).status_code == 404
    _secret, old = set_up(clerk)
    new = CODES.findall(text_of(clerk.post("/settings/second-factor/codes/", {"password": PASSWORD})))
    assert len(new) == 10
    with pytest.raises(WrongCode):
        operations.use_code(actor=cast["clerk"], code=old[0], at=clock.now())
    assert operations.use_code(actor=cast["clerk"], code=new[0], at=clock.now()) == "recovery"


def test_a_role_named_by_the_setting_opens_nothing_else(client_of: ClientOf, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK})
    clerk = client_of("clerk")
    for address in ("/", "/records/", "/settings/", "/help/", "/organization/"):
        assert clerk.get(address)["Location"] == "/settings/second-factor/"
    assert "须启用二次验证" in text_of(clerk.get("/settings/second-factor/"))
    assert client_of("reviewer").get("/").status_code == 200
    set_up(clerk)
    assert clerk.get("/").status_code == 200
    assert "须启用二次验证" not in text_of(clerk.get("/settings/second-factor/"))


def test_the_security_administrator_resets_what_was_lost(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    clerk = client_of("clerk")
    set_up(clerk)
    Passkey.objects.create(account=accounts["clerk"], name="手机", credential_id="x", public="", made_at=AT)
    address = reverse("identity:reset", args=[accounts["clerk"].pk])
    answers = {"administrator": 403, "auditor": 403, "head": 403, "stranger": 404, "visitor": 302}
    assert {by: client_of(by).post(address).status_code for by in answers} == answers
    assert Authenticator.objects.exists()
    assert client_of("security").get(address).status_code == 405
    assert "二次验证已重置" in follow(client_of("security"), address)
    for kind in (Authenticator, Passkey, RecoveryCode):
        assert not kind.objects.exists()
    assert clerk.get("/settings/").status_code == 302
    own = reverse("identity:reset", args=[accounts["security"].pk])
    assert client_of("security").post(own).status_code == 403


def test_passkeys_are_offered_where_the_address_is_a_name(
    client_of: ClientOf, settings: LazySettings
) -> None:
    def offered(address: str) -> bool:
        settings.BASE_URL = address
        return "data-make" in text_of(client_of("clerk").get("/settings/second-factor/"))

    assert offered("https://jiangong.example.org")
    assert offered("http://localhost:8000")
    assert not offered("http://127.0.0.1:8000")
    assert not offered("http://jiangong.example.org")


def test_what_no_device_answered_sets_no_passkey_up(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    asked = clerk.post("/settings/second-factor/passkey/options/").json()
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert "clerk" in asked["user"]["name"]
    for answer in ("", "{}", '{"id": "x"}', "[]", "no json"):
        clerk.post("/settings/second-factor/passkey/options/")
        form = {"name": "手机", "password": PASSWORD, "answer": answer}
        assert clerk.post("/settings/second-factor/passkey/", form).status_code == 302
    assert not Passkey.objects.exists()


def test_a_passkey_of_another_does_not_go_away(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    key = Passkey.objects.create(
        account=accounts["clerk"], name="手机", credential_id="x", public="", made_at=AT
    )
    address = reverse("identity:remove_passkey", args=[key.pk])
    assert client_of("stranger").post(address, {"password": PASSWORD}).status_code == 404
    assert client_of("clerk").post(address, {"password": "wrong"}).status_code == 422
    assert client_of("clerk").post(address, {"password": PASSWORD}).status_code == 302
    assert not Passkey.objects.exists()


def test_wrong_methods_and_visitors(client_of: ClientOf) -> None:
    clerk, visitor = client_of("clerk"), client_of("visitor")
    assert clerk.post("/settings/second-factor/").status_code == 405
    for page in ("passkey/", "passkey/options/"):
        assert clerk.get(f"/settings/second-factor/{page}").status_code == 405
    for page in ("", "app/", "app/remove/", "codes/"):
        assert visitor.get(f"/settings/second-factor/{page}").status_code == 302
