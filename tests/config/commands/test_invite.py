"""`jiangong invite`: back in after a lost password, and administrators who are missing."""

from __future__ import annotations

import argparse

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.config.commands import invite
from jiangong.config.commands.invite import AccountUnknown
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.organization.operations.accounts import NameTaken
from tests.config.commands.test_init import links_in
from tests.conftest import World

NEW = "another horse 2021"


def run(username: str, role: str | None = None, name: str = "") -> int:
    return invite.run(argparse.Namespace(username=username, role=role, name=name))


def test_a_lost_password_is_set_anew_on_a_link(
    accounts: dict[str, Account], capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    assert run("security") == 0
    token = links_in(capsys.readouterr().out)["security"]
    assert not Account.objects.get(username="security").has_usable_password()
    client.post(reverse("desk:invitation", args=[token]), {"password": NEW, "again": NEW})
    assert Account.objects.get(username="security").check_password(NEW)


def test_a_missing_administrator_is_appointed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("anquan", "security", "李安") == 0
    grant = RoleGrant.objects.get(account__username="anquan")
    assert (grant.role, grant.unit, grant.account.person.name) == ("security", world.federation, "李安")
    assert set(links_in(capsys.readouterr().out)) == {"anquan"}


def test_an_unknown_name_and_one_that_is_taken_are_refused(accounts: dict[str, Account]) -> None:
    with pytest.raises(AccountUnknown, match="--role"):
        run("nobody")
    with pytest.raises(NameTaken):
        run("clerk", "security")
