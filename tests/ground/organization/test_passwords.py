"""What a password has to meet, and when it has to be changed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jiangong.ground.organization import operations, queries, rules
from jiangong.ground.organization.models import Account, FormerPassword
from jiangong.ground.organization.operations import passwords
from jiangong.ground.organization.operations.passwords import (
    PasswordCommon,
    PasswordLikeName,
    PasswordTooPlain,
    PasswordTooShort,
    PasswordUsedBefore,
    WeakPassword,
)
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, PASSWORD, TODAY

GOOD = "another horse 2021"


@pytest.fixture
def clerk(accounts: dict[str, Account]) -> Account:
    account = accounts["clerk"]
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    return account


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("a 1 b 2 c", PasswordTooShort),
        ("abcdefghijkl", PasswordTooPlain),
        ("318406295173", PasswordTooPlain),
        ("clerktongzhi1", PasswordLikeName),
        ("1clerktongzhi", PasswordLikeName),
        ("ihzgnotkrelc1", PasswordLikeName),
        ("password123", PasswordCommon),
        (PASSWORD, PasswordUsedBefore),
    ],
)
def test_each_rule_has_its_own_sentence(clerk: Account, password: str, refusal: type[WeakPassword]) -> None:
    with pytest.raises(refusal) as refused:
        passwords.require_good(clerk, password)
    assert refused.value.field == "password"
    assert str(refused.value).endswith("。")


def test_the_rules_are_those_of_the_settings(clerk: Account, settings: LazySettings) -> None:
    passwords.require_good(clerk, GOOD)
    settings.PASSWORD_KINDS = 4
    with pytest.raises(PasswordTooPlain, match="4 种"):
        passwords.require_good(clerk, GOOD)
    settings.PASSWORD_KINDS, settings.PASSWORD_LENGTH = 2, 30
    with pytest.raises(PasswordTooShort, match="30 位"):
        passwords.require_good(clerk, GOOD)


def test_so_many_last_passwords_are_not_taken_again(
    clerk: Account, cast: dict[str, Actor], settings: LazySettings
) -> None:
    settings.PASSWORDS_REMEMBERED = 3
    had = [PASSWORD, "red horse 2021", "blue horse 2021"]
    for before, after in pairwise(had):
        operations.change_own_password(actor=cast["clerk"], present=before, new=after, at=AT)
    for password in had:
        with pytest.raises(PasswordUsedBefore):
            operations.change_own_password(actor=cast["clerk"], present=had[-1], new=password, at=AT)
    operations.change_own_password(actor=cast["clerk"], present=had[-1], new=GOOD, at=AT)
    operations.change_own_password(actor=cast["clerk"], present=GOOD, new=PASSWORD, at=AT)
    assert FormerPassword.objects.filter(account=clerk).count() == 3


def test_former_passwords_are_hashed(clerk: Account, cast: dict[str, Actor]) -> None:
    operations.change_own_password(actor=cast["clerk"], present=PASSWORD, new=GOOD, at=AT)
    assert PASSWORD not in str(list(FormerPassword.objects.values()))


def test_a_password_that_another_gave_is_changed_before_anything_else(
    clerk: Account, cast: dict[str, Actor], client: Client
) -> None:
    operations.reset_password(actor=cast["security"], account_id=clerk.pk, password=GOOD, at=AT)
    client.post("/sign-in/", {"username": "clerk", "password": GOOD})
    for address in ("/", "/settings/", "/records/", "/help/"):
        assert client.get(address)["Location"] == "/settings/password/"
    assert client.post("/records/1/confirm/")["Location"] == "/settings/password/"
    assert "请先设置新密码" in client.get("/settings/password/").content.decode()
    again = client.post("/settings/password/", {"present": GOOD, "password": GOOD, "again": GOOD})
    assert again.status_code == 422
    own = "my own horse 2022"
    answer = client.post("/settings/password/", {"present": GOOD, "password": own, "again": own})
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200


def test_one_can_always_leave_and_read_the_page_in_english(
    clerk: Account, cast: dict[str, Actor], client: Client
) -> None:
    operations.reset_password(actor=cast["security"], account_id=clerk.pk, password=GOOD, at=AT)
    client.post("/sign-in/", {"username": "clerk", "password": GOOD})
    assert client.post("/language/", {"language": "en", "next": "/settings/password/"}).status_code == 302
    assert "Set a new password first" in client.get("/settings/password/").content.decode()
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


def test_a_password_becomes_too_old(clerk: Account, settings: LazySettings) -> None:
    clerk.password_at = AT
    assert not queries.is_password_due(account=clerk, on=TODAY + timedelta(days=3000))
    settings.PASSWORD_DAYS = 90
    assert not queries.is_password_due(account=clerk, on=TODAY + timedelta(days=90))
    assert queries.is_password_due(account=clerk, on=TODAY + timedelta(days=91))
    clerk.password_at = None
    assert queries.is_password_due(account=clerk, on=TODAY + timedelta(days=91))


@given(st.text(max_size=40))
def test_kinds_are_counted_for_any_text(password: str) -> None:
    assert 0 <= rules.kinds_of_signs(password) <= 4
    assert (rules.kinds_of_signs(password) == 0) == (password == "")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Firefox/131.0", "Firefox · macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_have_names_that_people_know(agent: str, device: str) -> None:
    assert rules.device_of(agent) == device
