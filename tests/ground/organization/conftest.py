"""What the pages of the organization are about: a person, a post, an account and a role of the clerk's unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account, Person, Post, RoleGrant
from jiangong.ground.shared.actors import Role
from tests.conftest import AT, SYSTEM, World
from tests.ground.organization.asking import Asking


@pytest.fixture
def pages(client_of: Callable[[str], Client]) -> Asking:
    return Asking(client_of)


@pytest.fixture
def person(world: World) -> Person:
    return operations.add_person(actor=SYSTEM, unit_id=world.union.pk, name="王建国", title="干事", at=AT)


@pytest.fixture
def post(world: World, person: Person) -> Post:
    return operations.appoint(
        actor=SYSTEM,
        unit_id=world.union.pk,
        person_id=person.pk,
        body="创建工作领导小组",
        title="组长",
        since=date(2018, 1, 1),
        rank=1,
        at=AT,
    )


@pytest.fixture
def account(accounts: dict[str, Account]) -> Account:
    return accounts["clerk"]


@pytest.fixture
def grant(account: Account, world: World) -> RoleGrant:
    """A second role of the clerk, so that ending it leaves the first."""
    return operations.grant_role(
        actor=SYSTEM,
        account_id=account.pk,
        role=Role.REVIEWER,
        unit_id=world.union.pk,
        since=date(2020, 1, 1),
        at=AT,
    )
