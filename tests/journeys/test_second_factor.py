"""The security administrator of a house that asks for a second factor: the first day, the next, and a lost phone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pyotp
import pytest
from django.conf import LazySettings
from django.test import Client

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role
from tests.conftest import SYSTEM

NEW = "another horse 2021"
FACTORS = "/settings/second-factor/"


def sign_in(client: Client) -> str:
    return client.post("/sign-in/", {"username": "security", "password": NEW})["Location"]


def found(pattern: str, page: str) -> list[str]:
    return re.findall(pattern, " ".join(page.split()))


def test_from_the_invitation_to_the_lost_phone(
    accounts: dict[str, Account], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.SECURITY})
    account, start = accounts["security"], clock.now()
    invited = operations.reset_by_invitation(actor=SYSTEM, account_id=account.pk, at=start)
    client = Client()
    client.post(f"/invitation/{invited.token}/", {"password": NEW, "again": NEW})

    assert sign_in(client) == "/"
    assert client.get("/")["Location"] == FACTORS, "nothing opens before a second factor is set up"
    page = client.get(f"{FACTORS}app/").content.decode()
    (secret,) = found(r'class="key-text">([A-Z2-7]+)<', page)
    (sealed,) = found(r'name="secret" value="([^"]+)"', page)
    shown = client.post(
        f"{FACTORS}app/", {"secret": sealed, "code": pyotp.TOTP(secret).now(), "password": NEW}
    )
    codes = found(r"<li>([a-z0-9]{5}-[a-z0-9]{5})</li>", shown.content.decode())
    assert client.get("/organization/accounts/").status_code == 200

    def later(**time: int) -> datetime:
        moment = start + timedelta(**time)
        monkeypatch.setattr("jiangong.ground.shared.clock.now", lambda: moment)
        return moment

    tomorrow, at = Client(), later(days=1)
    assert sign_in(tomorrow) == "/sign-in/code/"
    assert tomorrow.get("/organization/accounts/").status_code == 302
    code = pyotp.TOTP(secret).at(at)
    assert tomorrow.post("/sign-in/code/", {"code": code})["Location"] == "/"
    assert tomorrow.get("/organization/accounts/").status_code == 200

    without_phone = Client()
    later(days=2)
    sign_in(without_phone)
    without_phone.post("/sign-in/code/", {"code": codes[3]})
    assert "还有 9 个恢复码" in without_phone.get(FACTORS).content.decode()
    assert without_phone.post(f"{FACTORS}app/remove/", {"password": NEW})["Location"] == FACTORS
    again = Client()
    assert sign_in(again) == "/"
    assert again.get("/")["Location"] == FACTORS, "without a factor the role asks for one anew"
