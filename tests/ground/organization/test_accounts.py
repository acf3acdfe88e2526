"""Accounts are opened, locked out, reset, closed and reopened; roles begin and end."""

from datetime import date, timedelta

import pytest
from django.test import Client

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization import operations, queries
from jiangong.ground.organization.models import Account, Person, RoleGrant
from jiangong.ground.organization.operations.accounts import (
    AccountOpen,
    BadName,
    HasAccount,
    NameTaken,
    PersonLeft,
    UnknownLanguage,
)
from jiangong.ground.organization.operations.errors import UnitEnded
from jiangong.ground.organization.operations.grants import LastAdministrator, RolesApart
from jiangong.ground.organization.operations.passwords import WeakPassword, WrongPassword
from jiangong.ground.organization.operations.reach import AccountClosed, BeyondYourUnits, OwnAccount
from jiangong.ground.organization.rules import ADMINISTRATORS
from jiangong.ground.shared.actors import Actor, Door, Role
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound
from tests.conftest import AT, PASSWORD, SYSTEM, TODAY, World
from tests.ground.organization.asking import administers

NEW = "another horse 2021"


@pytest.fixture
def person(world: World) -> Person:
    return operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王建国", at=AT)


def actor_now(account: Account) -> Actor:
    return queries.actor_of(account=account, door=Door.DESK, address="", on=TODAY)


def administrator_of(account: Account, unit_id: int, role: Role = Role.ADMINISTRATOR) -> Actor:
    administers(account, unit_id, role)
    return actor_now(account)


def test_an_account_is_opened_for_a_person(cast: dict[str, Actor], person: Person) -> None:
    account = operations.open_account(
        actor=cast["administrator"], person_id=person.pk, username=" wangjg ", password=PASSWORD, at=AT
    )
    assert account.username == "wangjg"
    assert account.check_password(PASSWORD)
    event = AuditEvent.objects.get(verb="account.open", subject_id=str(account.pk))
    assert event.unit_id == person.unit_id
    assert PASSWORD not in str(event.detail)


def test_an_account_opens_only_once(accounts: dict[str, Account]) -> None:
    with pytest.raises(HasAccount):
        operations.open_account(
            actor=SYSTEM, person_id=accounts["clerk"].person_id, username="two", password=PASSWORD, at=AT
        )


@pytest.mark.parametrize("username", ["clerk", "CLERK", "ｃｌｅｒｋ"])
def test_a_sign_in_name_is_taken_in_any_case(
    accounts: dict[str, Account], person: Person, username: str
) -> None:
    with pytest.raises(NameTaken):
        operations.open_account(
            actor=SYSTEM, person_id=person.pk, username=username, password=PASSWORD, at=AT
        )


@pytest.mark.parametrize("username", ["", "a", "王 建国", "x" * 61, "<b>"], ids=repr)
def test_a_sign_in_name_can_be_typed(person: Person, username: str) -> None:
    with pytest.raises(BadName):
        operations.open_account(
            actor=SYSTEM, person_id=person.pk, username=username, password=PASSWORD, at=AT
        )


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "wangjianguo"], ids=repr)
def test_a_weak_password_is_refused(person: Person, password: str) -> None:
    with pytest.raises(DomainError) as told:
        operations.open_account(
            actor=SYSTEM, person_id=person.pk, username="wangjianguo", password=password, at=AT
        )
    assert all(isinstance(part, WeakPassword) for part in told.value.parts)


def test_accounts_are_opened_by_administrators(cast: dict[str, Actor], person: Person) -> None:
    for name, refusal in (("reviewer", Forbidden), ("stranger", NotFound)):
        with pytest.raises(refusal):
            operations.open_account(
                actor=cast[name], person_id=person.pk, username="wangjg", password=PASSWORD, at=AT
            )


def test_a_reset_password_ends_sessions_and_lifts_a_lockout(
    cast: dict[str, Actor], accounts: dict[str, Account]
) -> None:
    browser = Client()
    browser.force_login(accounts["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    operations.reset_password(actor=cast["security"], account_id=accounts["clerk"].pk, password=NEW, at=AT)
    account = Account.objects.get(username="clerk")
    assert account.check_password(NEW)
    assert not account.check_password(PASSWORD)
    assert account.must_change
    assert browser.get("/settings/").status_code == 302


def test_a_branch_administrator_does_not_take_over_the_federation(
    accounts: dict[str, Account], world: World
) -> None:
    opener = administrator_of(accounts["clerk"], world.union.pk)
    securer = administrator_of(accounts["head"], world.union.pk, Role.SECURITY)
    administers(accounts["reviewer"], world.federation.pk)
    target = accounts["reviewer"].pk
    with pytest.raises(BeyondYourUnits):
        operations.reset_password(actor=securer, account_id=target, password=NEW, at=AT)
    with pytest.raises(BeyondYourUnits):
        operations.close_account(actor=opener, account_id=target, at=AT)


def test_a_closed_account_opens_again_as_it_was(cast: dict[str, Actor], accounts: dict[str, Account]) -> None:
    clerk, administrator = accounts["clerk"].pk, cast["administrator"]
    operations.close_account(actor=administrator, account_id=clerk, at=AT)
    for act in (operations.close_account,):
        with pytest.raises(AccountClosed):
            act(actor=administrator, account_id=clerk, at=AT)
    with pytest.raises(AccountClosed):
        operations.reset_password(actor=cast["security"], account_id=clerk, password=NEW, at=AT)
    assert operations.reopen_account(actor=administrator, account_id=clerk, at=AT).is_active
    with pytest.raises(AccountOpen):
        operations.reopen_account(actor=administrator, account_id=clerk, at=AT)
    assert RoleGrant.objects.get(account_id=clerk).until is None


def test_an_account_stays_closed_while_its_person_is_gone(accounts: dict[str, Account]) -> None:
    clerk = accounts["clerk"]
    operations.release_person(actor=SYSTEM, person_id=clerk.person_id, until=TODAY, at=AT)
    with pytest.raises(PersonLeft):
        operations.reopen_account(actor=SYSTEM, account_id=clerk.pk, at=AT)


def test_nobody_resets_their_own_password_without_the_present_one(
    cast: dict[str, Actor], accounts: dict[str, Account]
) -> None:
    with pytest.raises(OwnAccount):
        operations.reset_password(
            actor=cast["security"], account_id=accounts["security"].pk, password=NEW, at=AT
        )


def test_nobody_closes_their_own_account(cast: dict[str, Actor], accounts: dict[str, Account]) -> None:
    with pytest.raises(OwnAccount):
        operations.close_account(actor=cast["administrator"], account_id=accounts["administrator"].pk, at=AT)


def test_a_role_reaches_from_its_first_to_its_last_day(accounts: dict[str, Account], world: World) -> None:
    grant = operations.grant_role(
        actor=SYSTEM,
        account_id=accounts["stranger"].pk,
        role=Role.REVIEWER,
        unit_id=world.union.pk,
        since=TODAY,
        at=AT,
    )

    def roles(on: date) -> set[Role]:
        actor = queries.actor_of(account=accounts["stranger"], door=Door.DESK, address="", on=on)
        return {grant.role for grant in actor.grants}

    assert roles(TODAY - timedelta(days=1)) == {Role.CLERK}
    operations.end_role(actor=SYSTEM, grant_id=grant.pk, on=TODAY + timedelta(days=5), at=AT)
    assert roles(TODAY + timedelta(days=4)) == {Role.CLERK, Role.REVIEWER}
    assert roles(TODAY + timedelta(days=5)) == {Role.CLERK}
    with pytest.raises(NotFound):
        operations.end_role(actor=SYSTEM, grant_id=grant.pk, on=TODAY, at=AT)


def test_the_same_role_is_granted_once(accounts: dict[str, Account], world: World) -> None:
    before = AuditEvent.objects.filter(verb="role.grant").count()
    grant = operations.grant_role(
        actor=SYSTEM,
        account_id=accounts["clerk"].pk,
        role=Role.CLERK,
        unit_id=world.union.pk,
        since=TODAY,
        at=AT,
    )
    assert grant.since == date(2018, 1, 1)
    assert AuditEvent.objects.filter(verb="role.grant").count() == before


def test_roles_are_granted_where_one_is_security_administrator(
    accounts: dict[str, Account], world: World
) -> None:
    branch = administrator_of(accounts["clerk"], world.union.pk, Role.SECURITY)

    def grant(name: str, unit_id: int) -> RoleGrant:
        return operations.grant_role(
            actor=branch, account_id=accounts[name].pk, role=Role.MANAGER, unit_id=unit_id, since=TODAY, at=AT
        )

    grant("reviewer", world.union.pk)
    for name, unit in (("reviewer", world.federation), ("stranger", world.union), ("head", world.union)):
        with pytest.raises(NotFound):
            grant(name, unit.pk)


def test_nobody_gives_roles_to_the_own_account(accounts: dict[str, Account], world: World) -> None:
    branch = administrator_of(accounts["clerk"], world.union.pk, Role.SECURITY)
    with pytest.raises(OwnAccount):
        operations.grant_role(
            actor=branch,
            account_id=accounts["clerk"].pk,
            role=Role.REVIEWER,
            unit_id=world.union.pk,
            since=TODAY,
            at=AT,
        )


def test_a_closed_account_and_an_ended_unit_get_no_roles(accounts: dict[str, Account], world: World) -> None:
    def grant(unit_id: int) -> None:
        operations.grant_role(
            actor=SYSTEM,
            account_id=accounts["clerk"].pk,
            role=Role.CLERK,
            unit_id=unit_id,
            since=TODAY,
            at=AT,
        )

    operations.dissolve_unit(actor=SYSTEM, unit_id=world.community.pk, until=TODAY, at=AT)
    with pytest.raises(UnitEnded):
        grant(world.community.pk)
    operations.close_account(actor=SYSTEM, account_id=accounts["clerk"].pk, at=AT)
    with pytest.raises(AccountClosed):
        grant(world.federation.pk)


def test_the_last_auditor_stays(accounts: dict[str, Account], cast: dict[str, Actor]) -> None:
    with pytest.raises(LastAdministrator):
        operations.close_account(actor=cast["administrator"], account_id=accounts["auditor"].pk, at=AT)
    assert Account.objects.get(username="auditor").is_active


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECURITY])
def test_the_last_administrator_of_a_kind_stays(
    accounts: dict[str, Account], world: World, role: Role
) -> None:
    grant = RoleGrant.objects.get(role=role)
    second = administrator_of(accounts["head"], world.federation.pk, Role.SECURITY)
    if role is Role.SECURITY:
        operations.close_account(actor=SYSTEM, account_id=accounts["head"].pk, at=AT)
    with pytest.raises(LastAdministrator):
        operations.end_role(actor=second, grant_id=grant.pk, on=TODAY, at=AT)
    grant.refresh_from_db()
    assert grant.until is None
    administers(accounts["auditor"], world.federation.pk, role)
    operations.end_role(actor=second, grant_id=grant.pk, on=TODAY, at=AT)


@pytest.mark.parametrize("held", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("wanted", Role)
def test_none_of_the_three_administrators_holds_another_role(
    accounts: dict[str, Account], world: World, held: Role, wanted: Role
) -> None:
    """Neither way round, wherever the roles are, and not for a day."""

    def grant(role: Role, unit_id: int) -> RoleGrant:
        return operations.grant_role(
            actor=SYSTEM, account_id=accounts["clerk"].pk, role=role, unit_id=unit_id, since=TODAY, at=AT
        )

    administers(accounts["clerk"], world.union.pk, held)
    administers(accounts["stranger"], world.other_union.pk, wanted)
    if held is wanted:
        assert grant(wanted, world.community.pk).role == wanted
        return
    with pytest.raises(RolesApart, match="不得兼任其他角色") as refused:
        grant(wanted, world.community.pk)
    assert refused.value.field == "role"
    with pytest.raises(RolesApart):
        operations.grant_role(
            actor=SYSTEM,
            account_id=accounts["stranger"].pk,
            role=held,
            unit_id=world.union.pk,
            since=TODAY,
            at=AT,
        )


def test_a_role_that_has_ended_is_no_hindrance(accounts: dict[str, Account], world: World) -> None:
    grant = RoleGrant.objects.get(account=accounts["clerk"])
    operations.end_role(actor=SYSTEM, grant_id=grant.pk, on=TODAY, at=AT)
    new = operations.grant_role(
        actor=SYSTEM,
        account_id=accounts["clerk"].pk,
        role=Role.AUDITOR,
        unit_id=world.union.pk,
        since=TODAY,
        at=AT,
    )
    assert new.role == Role.AUDITOR


def test_the_system_administrator_does_not_grant(
    cast: dict[str, Actor], accounts: dict[str, Account], world: World
) -> None:
    grant = RoleGrant.objects.get(account=accounts["clerk"])
    for name in ("administrator", "auditor", "head"):
        with pytest.raises(Forbidden):
            operations.end_role(actor=cast[name], grant_id=grant.pk, on=TODAY, at=AT)
        with pytest.raises(Forbidden):
            operations.grant_role(
                actor=cast[name],
                account_id=accounts["clerk"].pk,
                role=Role.REVIEWER,
                unit_id=world.union.pk,
                since=TODAY,
                at=AT,
            )


def test_the_security_administrator_opens_and_closes_nothing(
    cast: dict[str, Actor], accounts: dict[str, Account], person: Person
) -> None:
    security = cast["security"]
    with pytest.raises(Forbidden):
        operations.open_account(
            actor=security, person_id=person.pk, username="wangjg", password=PASSWORD, at=AT
        )
    with pytest.raises(Forbidden):
        operations.close_account(actor=security, account_id=accounts["clerk"].pk, at=AT)


def test_nobody_ends_a_role_of_the_own_account(cast: dict[str, Actor]) -> None:
    own = RoleGrant.objects.get(role=Role.SECURITY)
    with pytest.raises(OwnAccount):
        operations.end_role(actor=cast["security"], grant_id=own.pk, on=TODAY, at=AT)


def test_one_changes_ones_own_password(cast: dict[str, Actor], accounts: dict[str, Account]) -> None:
    with pytest.raises(WrongPassword):
        operations.change_own_password(actor=cast["clerk"], present="no", new=NEW, at=AT)
    assert operations.change_own_password(
        actor=cast["clerk"], present=PASSWORD, new=NEW, at=AT
    ).check_password(NEW)


def test_one_chooses_ones_own_language(cast: dict[str, Actor], accounts: dict[str, Account]) -> None:
    assert operations.change_own_language(actor=cast["clerk"], language="en", at=AT).language == "en"
    with pytest.raises(UnknownLanguage):
        operations.change_own_language(actor=cast["clerk"], language="xx", at=AT)
