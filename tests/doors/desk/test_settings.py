"""Who one is, the language, the password, help, and what one may enter."""

from __future__ import annotations

import pytest

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Account
from tests.conftest import PASSWORD, World
from tests.doors.desk.asking import ClientOf, follow, text_of

NEW = "another horse 2021"
TYPED = {"present": PASSWORD, "password": NEW, "again": NEW}


@pytest.fixture(autouse=True)
def password_as_the_tests_hash_it(accounts: dict[str, Account]) -> None:
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])


def test_it_shows_who_one_is_and_where_one_may_what(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("clerk").get("/settings/"))
    assert "clerk同志" in text
    assert world.union.name in text
    assert "录入员" in text


def test_the_language_is_kept_with_the_account(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    client = client_of("clerk")
    answer = client.post("/language/", {"language": "en", "next": "/ledger/?words=x"})
    assert answer["Location"] == "/ledger/?words=x"
    accounts["clerk"].refresh_from_db()
    assert accounts["clerk"].language == "en"
    assert "Settings" in text_of(client.get("/settings/"))
    assert AuditEvent.objects.filter(verb="account.language").exists()


def test_a_language_that_is_not_offered(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    assert "notice notice-error" in follow(client_of("clerk"), "/language/", {"language": "tlh"})
    accounts["clerk"].refresh_from_db()
    assert accounts["clerk"].language == "zh-hans"


def test_a_new_password_is_in_force_and_one_stays_signed_in(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    client = client_of("clerk")
    assert "新密码已生效" in follow(client, "/settings/password/", TYPED)
    accounts["clerk"].refresh_from_db()
    assert accounts["clerk"].check_password(NEW)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"present": "wrong"},
        {"again": "something else"},
        {"password": "short", "again": "short"},
        {"password": "12345678901", "again": "12345678901"},
        {"password": ""},
    ],
)
def test_what_does_not_do_is_said_beside_the_field(
    client_of: ClientOf, accounts: dict[str, Account], change: dict[str, str]
) -> None:
    answer = client_of("clerk").post("/settings/password/", {**TYPED, **change})
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    accounts["clerk"].refresh_from_db()
    assert accounts["clerk"].check_password(PASSWORD)


def test_help_names_the_keys(client_of: ClientOf, world: World) -> None:
    assert "<kbd>j</kbd>" in text_of(client_of("clerk").get("/help/"))


def test_what_may_be_entered_is_offered(client_of: ClientOf, world: World) -> None:
    text = text_of(client_of("clerk").get("/entry/"))
    assert "/activities/enter/lecture/" in text
    assert "不录入记录" in text_of(client_of("auditor").get("/entry/"))


def test_wrong_methods_and_visitors(client_of: ClientOf) -> None:
    clerk, visitor = client_of("clerk"), client_of("visitor")
    for address in ("/settings/", "/help/", "/entry/"):
        assert clerk.post(address).status_code == 405
        assert visitor.get(address).status_code == 302
    assert clerk.get("/language/").status_code == 405
    assert clerk.delete("/settings/password/").status_code == 405


def test_who_has_not_signed_in_chooses_the_language_too(client_of: ClientOf) -> None:
    visitor = client_of("visitor")
    assert "English" in text_of(visitor.get("/sign-in/"))
    answer = visitor.post("/language/", {"language": "en", "next": "/sign-in/?next=/ledger/"})
    assert answer["Location"] == "/sign-in/?next=/ledger/"
    assert "Sign-in name" in text_of(visitor.get("/sign-in/"))
    assert (
        visitor.post("/language/", {"language": "tlh", "next": "/sign-in/"}).cookies.get("django_language")
        is None
    )


def test_all_that_is_wrong_with_a_change_of_password_is_told_at_once(client_of: ClientOf) -> None:
    wrong = {"present": "not this one", "password": "short", "again": "other"}
    form = client_of("clerk").post("/settings/password/", wrong).context["form"]
    assert set(form.errors) == {"present", "password", "again"}
    assert len(form.errors["password"]) == 2
