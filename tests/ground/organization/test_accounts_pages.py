"""/organization/accounts/: who can sign in, and what they may do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Account, Person, RoleGrant
from jiangong.ground.shared.actors import Actor, Role
from tests.conftest import AT, PASSWORD, SYSTEM, World
from tests.ground.organization.asking import CAST, INSIDE, TO_SIGN_IN, Asking, administrators, text_of

NEW = "another horse 2021"


def present(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_lists_accounts_with_their_roles(pages: Asking) -> None:
    page = text_of(pages.get("accounts"))
    assert "reviewer同志" in page
    assert "审核员" in page


def test_only_administrators_see_the_list(pages: Asking) -> None:
    refused = dict.fromkeys((*INSIDE, "stranger"), 403)
    assert pages.everybody("accounts") == {"administrator": 200, **refused, "visitor": TO_SIGN_IN}


def test_the_list_is_only_read(pages: Asking, account: Account) -> None:
    assert pages.post("accounts").status_code == 405
    assert pages.post("account", account.pk).status_code == 405


def test_accounts_are_found_by_name_role_and_state(pages: Asking, account: Account) -> None:
    assert "clerk同志" in text_of(pages.get("accounts", q="clerk"))
    assert "clerk同志" not in text_of(pages.get("accounts", role="auditor"))
    assert "clerk同志" not in text_of(pages.get("accounts", closed="1"))
    assert pages.get("accounts", role="none").status_code == 200


def test_a_branch_administrator_sees_the_own_branch(
    pages: Asking, accounts: dict[str, Account], world: World
) -> None:
    operations.grant_role(
        actor=SYSTEM,
        account_id=accounts["reviewer"].pk,
        role=Role.ADMINISTRATOR,
        unit_id=world.union.pk,
        since=date(2018, 1, 1),
        at=AT,
    )
    page = text_of(pages.get("accounts", by="reviewer"))
    assert "clerk同志" in page
    assert "head同志" not in page
    assert pages.get("account", accounts["head"].pk, by="reviewer").status_code == 404


def test_the_number_of_queries_stays_as_accounts_grow(cast: dict[str, Actor], world: World) -> None:
    def number() -> int:
        with CaptureQueriesContext(connection) as seen:
            page = queries.accounts_page(actor=cast["administrator"], unit_id=world.federation.pk)
            assert [account.person.unit.name for account in page.accounts]
        return len(seen)

    few = number()
    for place in range(6):
        person = operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name=f"新人{place}", at=AT)
        operations.open_account(
            actor=SYSTEM, person_id=person.pk, username=f"new{place}", password=PASSWORD, at=AT
        )
    assert number() == few


def test_one_account_shows_its_roles(pages: Asking, account: Account, grant: RoleGrant) -> None:
    page = text_of(pages.get("account", account.pk))
    assert "录入员" in page
    assert "审计员" in page


@pytest.mark.parametrize("name", ["account", "grant_role", "reset_password"])
def test_who_may_open_it(pages: Asking, account: Account, name: str) -> None:
    assert pages.everybody(name, account.pk) == administrators()


def test_an_account_is_opened_with_a_password_typed_twice(pages: Asking, person: Person) -> None:
    form = {"username": "wangjg", "password": PASSWORD, "again": PASSWORD}
    assert pages.everybody("open_account", person.pk) == administrators()
    assert pages.everybody_sends("open_account", person.pk, **form) == administrators(done=302)
    assert Account.objects.get(username="wangjg").check_password(PASSWORD)


@pytest.mark.parametrize(
    "bad",
    [
        {"again": "something else"},
        {"password": "short", "again": "short"},
        {"username": "clerk"},
        {"username": "a b"},
    ],
    ids=str,
)
def test_a_bad_opening_is_refused_and_shows_no_password(
    pages: Asking, accounts: dict[str, Account], person: Person, bad: dict[str, str]
) -> None:
    form = {"username": "wangjg", "password": PASSWORD, "again": PASSWORD, **bad}
    answer = pages.post("open_account", person.pk, **form)
    assert answer.status_code == 422
    assert PASSWORD not in text_of(answer)
    assert not Account.objects.filter(person=person).exists()


def test_a_password_is_given_anew(pages: Asking, account: Account) -> None:
    form = {"password": NEW, "again": NEW}
    assert pages.everybody_sends("reset_password", account.pk, **form) == administrators(done=302)
    assert present(account).check_password(NEW)


def test_different_passwords_are_refused(pages: Asking, account: Account) -> None:
    answer = pages.post("reset_password", account.pk, password=NEW, again=NEW + "x")
    assert answer.status_code == 422
    assert present(account).check_password(PASSWORD)


def test_an_account_is_closed_and_reopened(pages: Asking, account: Account) -> None:
    colleague = ("head", "auditor", "reviewer")
    for by in colleague:
        assert pages.post("close_account", account.pk, by=by).status_code == 403
    assert pages.post("close_account", account.pk, by="stranger").status_code == 404
    assert pages.post("close_account", account.pk).status_code == 302
    assert not present(account).is_active
    assert pages.get("units", by="clerk").status_code == TO_SIGN_IN
    assert pages.post("close_account", account.pk).status_code == 409
    assert pages.post("reopen_account", account.pk).status_code == 302
    assert present(account).is_active


def test_acts_without_a_form_are_sent_never_opened(pages: Asking, account: Account, grant: RoleGrant) -> None:
    for name in ("close_account", "reopen_account"):
        assert pages.get(name, account.pk).status_code == 405
    assert pages.get("end_role", grant.pk).status_code == 405


def test_nobody_closes_the_own_account(pages: Asking, accounts: dict[str, Account]) -> None:
    assert pages.post("close_account", accounts["administrator"].pk).status_code == 403


def test_a_role_is_given(pages: Asking, account: Account, world: World) -> None:
    form = {"role": "reviewer", "unit": world.union.pk, "since": "2020-05-01"}
    assert pages.everybody_sends("grant_role", account.pk, **form) == administrators(done=302)
    assert RoleGrant.objects.filter(account=account, role="reviewer", unit=world.union).exists()


@pytest.mark.parametrize("bad", [{"role": "king"}, {"unit": ""}, {"since": "2099-01-01"}], ids=str)
def test_a_bad_role_is_refused(pages: Asking, account: Account, world: World, bad: dict[str, str]) -> None:
    form = {"role": "reviewer", "unit": str(world.union.pk), "since": "2020-05-01", **bad}
    assert pages.post("grant_role", account.pk, **form).status_code == 422
    assert not RoleGrant.objects.filter(account=account, role="reviewer").exists()


def test_a_role_is_taken_away_at_once(pages: Asking, grant: RoleGrant) -> None:
    expected = administrators(done=302)
    assert pages.everybody_sends("end_role", grant.pk) == expected
    assert RoleGrant.objects.get(pk=grant.pk).until is not None
    assert pages.post("end_role", grant.pk).status_code == 404


def test_the_last_administrator_stays(pages: Asking, accounts: dict[str, Account]) -> None:
    own = RoleGrant.objects.get(account=accounts["administrator"])
    assert pages.post("end_role", own.pk).status_code == 422
    assert set(CAST) >= set(accounts)
