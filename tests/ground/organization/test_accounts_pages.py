"""/organization/accounts/: who can sign in, and what they may do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Account, Invitation, Person, RoleGrant
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, PASSWORD, SYSTEM, World
from tests.ground.organization.asking import (
    CAST,
    TO_SIGN_IN,
    Asking,
    address,
    administers,
    administrators,
    only,
    text_of,
)

THREE = ("administrator", "security", "auditor")


def present(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_lists_accounts_with_their_roles(pages: Asking) -> None:
    page = text_of(pages.get("accounts"))
    assert "reviewer同志" in page
    assert "审核员" in page


def test_only_administrators_see_the_list(pages: Asking) -> None:
    assert pages.everybody("accounts") == {**only(*THREE), "stranger": 403}


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
    administers(accounts["reviewer"], world.union.pk)
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
    assert "审核员" in page


@pytest.mark.parametrize(
    ("name", "who"),
    [("account", THREE), ("grant_role", ("security",)), ("reset_password", ("security",))],
)
def test_who_may_open_it(pages: Asking, account: Account, name: str, who: tuple[str, ...]) -> None:
    assert pages.everybody(name, account.pk) == only(*who)


def test_each_of_the_three_is_offered_what_is_theirs(pages: Asking, account: Account) -> None:
    offered = {
        "grant_role": ("security",),
        "reset_password": ("security",),
        "close_account": ("administrator",),
    }
    for by in THREE:
        page = text_of(pages.get("account", account.pk, by=by))
        for name, who in offered.items():
            assert (address(name, account.pk) in page) == (by in who), (by, name)


LINK = re.compile(r"/invitation/([\w-]{20,})/")


def token_in(page: str) -> str:
    found = LINK.search(page)
    assert found
    return found[1]


def test_an_account_is_opened_with_a_link_that_is_shown_once(pages: Asking, person: Person) -> None:
    assert pages.everybody("open_account", person.pk) == administrators()
    refused = {
        by: pages.post("open_account", person.pk, by=by, username="wangjg").status_code for by in CAST[1:]
    }
    assert refused == {by: status for by, status in administrators().items() if by != "administrator"}
    answer = pages.post("open_account", person.pk, username="wangjg")
    page = text_of(answer)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "<svg" in page
    invited = Account.objects.get(username="wangjg")
    assert not invited.has_usable_password()
    assert Invitation.objects.get(account=invited).digest == queries.digest_of_token(token_in(page))
    assert token_in(page) not in text_of(pages.get("account", invited.pk))
    assert "尚未设置密码" in text_of(pages.get("account", invited.pk))


@pytest.mark.parametrize("bad", ["clerk", "a b", ""])
def test_a_bad_opening_is_refused(
    pages: Asking, accounts: dict[str, Account], person: Person, bad: str
) -> None:
    answer = pages.post("open_account", person.pk, username=bad)
    assert answer.status_code == 422
    assert not Account.objects.filter(person=person).exists()


def test_a_second_link_takes_the_place_of_the_first(pages: Asking, person: Person) -> None:
    first = token_in(text_of(pages.post("open_account", person.pk, username="wangjg")))
    invited = Account.objects.get(username="wangjg")
    expected = only("administrator")
    assert pages.everybody_before("administrator", "invite_again", invited.pk) == expected
    with pytest.raises(queries.InvitationOver):
        queries.open_invitation(token=first, at=clock.now())


def test_who_has_a_password_needs_a_reset_not_a_link(pages: Asking, account: Account) -> None:
    assert pages.post("invite_again", account.pk).status_code == 409


def test_a_reset_stops_the_password_and_leaves_the_link_to_another(pages: Asking, account: Account) -> None:
    assert present(account).has_usable_password()
    found = pages.everybody_before("security", "reset_password", account.pk)
    assert found == only("security", done=302)
    assert not present(account).has_usable_password()
    assert not Invitation.objects.filter(account=account).exists()
    assert "请由系统管理员生成链接" in text_of(pages.get("account", account.pk))
    assert token_in(text_of(pages.post("invite_again", account.pk)))
    assert Invitation.objects.get(account=account).ended_at is None


def test_sessions_are_ended_and_locks_lifted_by_the_security_administrator(
    pages: Asking, account: Account
) -> None:
    clerk = pages.client_of("clerk")
    assert clerk.get("/settings/").status_code == 200
    for name in ("end_sessions", "unlock"):
        assert pages.everybody_before("security", name, account.pk) == only("security", done=302)
        assert pages.get(name, account.pk, by="security").status_code == 405
    assert clerk.get("/settings/").status_code == 302


def test_an_account_is_closed_and_reopened(pages: Asking, account: Account) -> None:
    colleague = ("head", "auditor", "reviewer", "security")
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
    found = pages.everybody_before("security", "grant_role", account.pk, **form)
    assert found == only("security", done=302)
    assert RoleGrant.objects.filter(account=account, role="reviewer", unit=world.union).exists()


@pytest.mark.parametrize("bad", [{"role": "king"}, {"unit": ""}, {"since": "2099-01-01"}], ids=str)
def test_a_bad_role_is_refused(pages: Asking, account: Account, world: World, bad: dict[str, str]) -> None:
    form = {"role": "reviewer", "unit": str(world.union.pk), "since": "2020-05-01", **bad}
    assert pages.post("grant_role", account.pk, by="security", **form).status_code == 422
    assert not RoleGrant.objects.filter(account=account, role="reviewer").exists()


def test_a_role_is_taken_away_at_once(pages: Asking, grant: RoleGrant) -> None:
    assert pages.everybody_before("security", "end_role", grant.pk) == only("security", done=302)
    assert RoleGrant.objects.get(pk=grant.pk).until is not None
    assert pages.post("end_role", grant.pk, by="security").status_code == 404


def test_the_last_administrator_stays(pages: Asking, accounts: dict[str, Account]) -> None:
    last = RoleGrant.objects.get(account=accounts["administrator"])
    assert pages.post("end_role", last.pk, by="security").status_code == 422
    assert set(CAST) >= set(accounts)
