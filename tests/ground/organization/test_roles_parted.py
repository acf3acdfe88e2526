"""The upgrade that parts the three administrators: who holds two of their roles, or one beside the work, keeps one."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from jiangong.ground.organization.models import Account, RoleGrant
from tests.conftest import SINCE, World

parting = import_module("jiangong.ground.organization.migrations.0004_three_administrators")


@pytest.mark.parametrize(
    ("held", "left"),
    [
        (["administrator", "manager"], ["administrator"]),
        (["administrator", "auditor", "clerk"], ["administrator"]),
        (["auditor", "reviewer"], ["auditor"]),
        (["clerk", "reviewer"], ["clerk", "reviewer"]),
    ],
    ids=str,
)
def test_each_keeps_what_goes_together(
    accounts: dict[str, Account], world: World, held: list[str], left: list[str]
) -> None:
    grants = RoleGrant.objects.filter(account=accounts["clerk"])
    grants.delete()
    for role in held:
        RoleGrant.objects.create(account=accounts["clerk"], role=role, unit=world.union, since=SINCE)
    parting.part_roles(apps, None)
    assert sorted(grants.filter(until__isnull=True).values_list("role", flat=True)) == left
    assert RoleGrant.objects.get(account=accounts["auditor"]).until is None
