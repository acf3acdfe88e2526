"""`jiangong init` founds a federation whole, or not at all."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger.models import Book
from jiangong.config.commands import init
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Account, RoleGrant, Unit
from jiangong.ground.shared.errors import DomainError
from tests.conftest import PASSWORD, SINCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home_aside(settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def run(**over: str) -> int:
    named = {"admin": "admin", "security": "security", "auditor": "auditor", "manager": "manager", **over}
    return init.run(argparse.Namespace(federation="高邮市总工会", code="ZGH", since=SINCE, **named))


def links_in(text: str) -> dict[str, str]:
    """By sign-in name, the token of the link that was printed."""
    return dict(re.findall(r"^(\S+)\thttp\S+/invitation/([\w-]+)/\t", text, re.MULTILINE))


def test_it_founds_a_federation_with_its_book_and_four_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert Book.objects.get().federation.name == "高邮市总工会"
    roles = dict(RoleGrant.objects.values_list("account__username", "role"))
    assert roles == {
        "admin": "administrator",
        "security": "security",
        "auditor": "auditor",
        "manager": "manager",
    }
    assert set(links_in(capsys.readouterr().out)) == set(roles)


def test_each_sets_a_password_on_the_link_that_was_printed(
    capsys: pytest.CaptureFixture[str], client: Client
) -> None:
    run()
    token = links_in(capsys.readouterr().out)["security"]
    form = {"password": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("desk:invitation", args=[token]), form).status_code == 302
    assert Account.objects.get(username="security").check_password(PASSWORD)
    signed_in = client.post("/sign-in/", {"username": "security", "password": PASSWORD})
    assert signed_in["Location"] == "/"


def test_a_name_that_is_refused_leaves_nothing_and_the_next_one_founds_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(DomainError):
        run(manager="a b")
    assert [model.objects.count() for model in (Unit, Book, Account, AuditEvent)] == [0, 0, 0, 0]
    assert capsys.readouterr().out == ""
    assert run() == 0
