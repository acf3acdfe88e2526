"""What goes with every request of a person: nothing typed is kept, pages stay private, a role is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, PASSWORD, MakeRecord

ClientOf = Callable[[str], Client]
SIGN_IN = "/sign-in/"
TYPED = "hunter2-typed-as-a-name"


@pytest.fixture
def clerk_without_role(client_of: ClientOf, accounts: dict[str, Account]) -> Client:
    RoleGrant.objects.filter(account=accounts["clerk"]).delete()
    return client_of("clerk")


def test_what_was_typed_as_a_name_is_kept_nowhere(
    client_of: ClientOf, caplog: pytest.LogCaptureFixture, settings: LazySettings
) -> None:
    """People type their password into the wrong field."""
    caplog.set_level(logging.DEBUG)
    visitor = client_of("visitor")
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = visitor.post(
            f"{SIGN_IN}?username={TYPED}", {"username": TYPED, "password": "x", "next": TYPED}
        )
    assert answer.status_code == 429
    (row,) = AccessAttempt.objects.values()
    assert row["username"] == queries.name_digest(TYPED)
    assert TYPED not in str(row)
    assert [record.name for record in caplog.records if TYPED in record.getMessage()] == []
    assert any("127.0.0.1" in record.getMessage() for record in caplog.records if record.name[:4] == "axes")


def test_a_name_has_one_digest_however_it_is_written() -> None:
    assert queries.name_digest("Clerk") == queries.name_digest("ｃｌｅｒｋ ")
    assert queries.name_digest("clerk") != queries.name_digest("clerk2")


def test_who_signs_in_stands_in_the_audit_trail_only(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])
    visitor = client_of("visitor")
    visitor.post(SIGN_IN, {"username": "clerk", "password": "wrong"})
    assert visitor.post(SIGN_IN, {"username": "clerk", "password": PASSWORD}).status_code == 302
    assert (AccessAttempt.objects.count(), AccessLog.objects.count()) == (0, 0)


def test_a_new_password_lifts_the_lock(
    client_of: ClientOf, accounts: dict[str, Account], cast: dict[str, Actor], settings: LazySettings
) -> None:
    visitor, new = client_of("visitor"), "another horse 2021"
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        locked = visitor.post(SIGN_IN, {"username": "clerk", "password": "wrong"})
    assert locked.status_code == 429
    operations.reset_password(actor=cast["security"], account_id=accounts["clerk"].pk, password=new, at=AT)
    assert visitor.post(SIGN_IN, {"username": "clerk", "password": new}).status_code == 302


def test_pages_of_who_is_signed_in_are_private(client_of: ClientOf, make_record: MakeRecord) -> None:
    record = make_record()
    clerk = client_of("clerk")
    for address in ("/settings/", reverse("desk:record", args=[record.pk]), "/nothing/", "/audit/"):
        assert clerk.get(address)["Cache-Control"] == "private, no-cache"
    thumbnail = reverse("evidence:thumbnail", args=[record.exhibits.get().pk])
    assert "immutable" in clerk.get(thumbnail)["Cache-Control"]


@pytest.mark.parametrize(
    "address", ["/", "/records/", "/queue/", "/search/?q=x", "/audit/", "/organization/"]
)
def test_without_a_role_it_is_said_with_the_ways_out(clerk_without_role: Client, address: str) -> None:
    answer = clerk_without_role.get(address)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "您的账号尚未授权" in text
    assert 'href="/settings/"' in text
    assert 'action="/sign-out/"' in text


def test_without_a_role_one_still_has_settings_help_and_the_door(clerk_without_role: Client) -> None:
    for address in ("/settings/", "/settings/password/", "/help/"):
        assert clerk_without_role.get(address).status_code == 200
    assert clerk_without_role.post("/language/", {"language": "en"}).status_code == 302
    assert clerk_without_role.post("/sign-out/")["Location"] == SIGN_IN
    assert clerk_without_role.get("/settings/").status_code == 302
