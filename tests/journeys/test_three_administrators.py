"""The administrator who tries the auditor's work, and the others who try one another's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger.models import Record
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account, Invitation, Person, RoleGrant
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Role
from tests.conftest import AT, MakeRecord, World
from tests.ground.organization.asking import administers

ClientOf = Callable[[str], Client]
NEW = "another horse 2021"


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_system_administrator_tries_the_auditors_work_and_does_not_get_to_it(
    client_of: ClientOf, accounts: dict[str, Account], make_record: MakeRecord
) -> None:
    make_record()
    administrator, auditor = client_of("administrator"), client_of("auditor")
    for way, address in (("get", "/audit/"), ("post", "/audit/export/")):
        answer = getattr(administrator, way)(address)
        assert answer.status_code == 403
        assert "没有这项权限" in answer.content.decode()
    assert '"/audit/"' not in page_of(administrator, "/settings/")
    grant = reverse("organization:grant_role", args=[accounts["administrator"].pk])
    own = {"role": "auditor", "unit": accounts["administrator"].person.unit_id, "since": "2020-05-01"}
    assert administrator.post(grant, own).status_code == 403
    assert not RoleGrant.objects.filter(account=accounts["administrator"], role="auditor").exists()
    page = page_of(auditor, "/audit/")
    assert "administrator同志" in page or "clerk同志" in page
    assert auditor.post("/audit/export/", {"form": "jsonl"}).status_code == 200


def test_even_two_of_them_together_make_no_auditor_of_an_administrator(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    security = client_of("security")
    address = reverse("organization:grant_role", args=[accounts["administrator"].pk])
    form = {"role": "auditor", "unit": accounts["administrator"].person.unit_id, "since": "2020-05-01"}
    answer = security.post(address, form)
    assert answer.status_code == 422
    assert "均不得兼任其他角色" in answer.content.decode()


@pytest.mark.parametrize("by", ["administrator", "security", "auditor"])
def test_none_of_them_enters_or_confirms_records(
    client_of: ClientOf, make_record: MakeRecord, world: World, by: str
) -> None:
    record = make_record(state="submitted")
    client = client_of(by)
    assert client.get("/activities/enter/lecture/").status_code == 403
    for act in ("confirm", "return", "withdraw"):
        assert client.post(f"/records/{record.pk}/{act}/", {"reason": "x"}).status_code == 403
    assert Record.objects.get(pk=record.pk).state == "submitted"


@pytest.mark.parametrize("by", ["auditor", "security"])
def test_units_people_and_accounts_are_the_system_administrators(
    client_of: ClientOf, accounts: dict[str, Account], world: World, by: str
) -> None:
    client, clerk = client_of(by), accounts["clerk"]
    for name, number in (
        ("change_unit", world.union.pk),
        ("add_person", world.union.pk),
        ("release_person", clerk.person_id),
        ("close_account", clerk.pk),
        ("invite_again", clerk.pk),
    ):
        assert client.post(reverse(f"organization:{name}", args=[number])).status_code == 403, name
    assert Account.objects.get(pk=clerk.pk).is_active


@pytest.mark.parametrize("by", ["auditor", "administrator"])
def test_roles_passwords_and_sessions_are_the_security_administrators(
    client_of: ClientOf, accounts: dict[str, Account], by: str
) -> None:
    client, clerk = client_of(by), accounts["clerk"]
    grant = RoleGrant.objects.get(account=clerk)
    signed_in = client_of("clerk")
    for name, number in (
        ("organization:grant_role", clerk.pk),
        ("organization:end_role", grant.pk),
        ("organization:reset_password", clerk.pk),
        ("organization:end_sessions", clerk.pk),
        ("organization:unlock", clerk.pk),
        ("identity:reset", clerk.pk),
    ):
        assert client.post(reverse(name, args=[number])).status_code == 403, name
    assert signed_in.get("/settings/").status_code == 200
    assert RoleGrant.objects.get(pk=grant.pk).until is None


def test_a_new_colleague_needs_two_of_them_and_the_third_reads_it(
    client_of: ClientOf, cast: dict[str, Actor], world: World
) -> None:
    person = operations.add_person(actor=cast["administrator"], unit_id=world.union.pk, name="新同志", at=AT)
    opened = client_of("administrator").post(
        reverse("organization:open_account", args=[person.pk]), {"username": "xin"}
    )
    link = re.search(r"/invitation/[\w-]+/", opened.content.decode())
    assert link
    colleague = Client()
    assert colleague.post(link[0], {"password": NEW, "again": NEW}).status_code == 302
    colleague.post("/sign-in/", {"username": "xin", "password": NEW})
    assert colleague.get("/records/").status_code == 403, "no role yet"

    account = Account.objects.get(person=Person.objects.get(name="新同志"))
    form = {"role": "clerk", "unit": world.union.pk, "since": "2020-05-01"}
    client_of("security").post(reverse("organization:grant_role", args=[account.pk]), form)
    assert colleague.get("/records/").status_code == 200

    told = AuditEvent.objects.filter(subject_type="account", subject_id=str(account.pk)).order_by("number")
    assert [(event.actor_name, event.verb) for event in told] == [
        ("administrator同志", "account.open"),
        ("administrator同志", "invitation.make"),
        ("新同志", "invitation.accept"),
        ("新同志", "account.sign_in"),
        ("security同志", "role.grant"),
    ]
    log = page_of(client_of("auditor"), "/audit/")
    assert "security同志" in log
    assert "新同志" in log


def token_shown(page: str) -> list[str]:
    return re.findall(r"/invitation/([A-Za-z0-9_-]+)/", page)


def link_of(client_of: ClientOf, account: Account) -> str:
    """What the system administrator is shown after the security administrator has stopped a password."""
    client_of("security").post(reverse("organization:reset_password", args=[account.pk]))
    again = reverse("organization:invite_again", args=[account.pk])
    (token,) = set(token_shown(client_of("administrator").post(again).content.decode()))
    return token


@pytest.mark.parametrize("whose", ["auditor", "administrator", "clerk", "reviewer"])
def test_who_resets_a_password_does_not_come_in_with_it(
    client_of: ClientOf, accounts: dict[str, Account], whose: str
) -> None:
    """The security administrator stops the password; the link is the system administrator's to make."""
    account, security = accounts[whose], client_of("security")
    reset = reverse("organization:reset_password", args=[account.pk])
    assert "须由两人共同完成" in page_of(security, reset)
    shown = security.post(reset, follow=True).content.decode()
    assert token_shown(shown) == []
    assert "请由系统管理员生成链接" in shown
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    again = reverse("organization:invite_again", args=[account.pk])
    assert again not in shown
    assert security.post(again).status_code == 403
    if whose != "administrator":
        page = client_of("administrator").post(again).content.decode()
        (token,) = set(token_shown(page))
        assert Client().get(f"/invitation/{token}/").status_code == 200


@pytest.mark.parametrize(
    ("whose", "wanted"), [("auditor", "auditor"), ("clerk", "administrator"), ("clerk", "reviewer")]
)
def test_nor_by_ending_the_role_first_and_granting_it_again(
    client_of: ClientOf, accounts: dict[str, Account], world: World, whose: str, wanted: str
) -> None:
    """Who grants sees no link to anybody, so no role that was granted can be put on by the same person."""
    account, security = accounts[whose], client_of("security")
    administers(accounts["stranger"], world.federation.pk, Role.AUDITOR)  # the last one stays
    for grant in RoleGrant.objects.filter(account=account, until=None):
        assert security.post(reverse("organization:end_role", args=[grant.pk])).status_code == 302
    pages = [reverse("organization:reset_password", args=[account.pk])]
    pages += [reverse("organization:grant_role", args=[account.pk])]
    form = {"role": wanted, "unit": account.person.unit_id, "since": clock.today().isoformat()}
    shown = [security.post(address, form, follow=True).content.decode() for address in (*pages, pages[0])]
    pages += [reverse("organization:account", args=[account.pk])]
    shown += [page_of(security, address) for address in pages]
    assert [token_shown(page) for page in shown] == [[]] * len(shown)
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert RoleGrant.objects.filter(account=account, role=wanted, until=None).exists()
    assert not Invitation.objects.filter(account=account, ended_at=None).exists()


def test_a_reset_second_factor_lets_nobody_in(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    """Without the link there is nothing to put beside it."""
    security = client_of("security")
    for name in ("identity:reset", "organization:reset_password"):
        shown = security.post(reverse(name, args=[accounts["reviewer"].pk]), follow=True)
        assert token_shown(shown.content.decode()) == []


def test_who_makes_links_stops_no_password(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    reviewer, administrator = accounts["reviewer"], client_of("administrator")
    again = reverse("organization:invite_again", args=[reviewer.pk])
    assert again not in page_of(administrator, reverse("organization:account", args=[reviewer.pk]))
    assert administrator.post(again).status_code == 409
    reset = reverse("organization:reset_password", args=[reviewer.pk])
    assert administrator.post(reset).status_code == 403
    assert Account.objects.get(pk=reviewer.pk).has_usable_password()


def test_a_second_reset_stops_the_link_that_was_made(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    token = link_of(client_of, accounts["reviewer"])
    assert Client().get(f"/invitation/{token}/").status_code == 200
    reset = reverse("organization:reset_password", args=[accounts["reviewer"].pk])
    client_of("security").post(reset)
    assert Client().get(f"/invitation/{token}/").status_code == 404


def test_an_account_that_was_closed_in_between_leaves_no_open_link(
    client_of: ClientOf, accounts: dict[str, Account]
) -> None:
    clerk, administrator = accounts["clerk"], client_of("administrator")
    token = link_of(client_of, clerk)
    for act in ("close_account", "reopen_account"):
        assert administrator.post(reverse(f"organization:{act}", args=[clerk.pk])).status_code == 302
    assert Client().get(f"/invitation/{token}/").status_code == 404
