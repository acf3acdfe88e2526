"""`jiangong init` founds a federation whole, or not at all."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pytest
from django.conf import LazySettings

from jiangong.books.ledger.models import Book
from jiangong.config.commands import init
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.organization.models import Account, RoleGrant, Unit
from jiangong.ground.shared.errors import DomainError
from tests.conftest import PASSWORD, SINCE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_at_the_terminal(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr(os, "isatty", lambda _number: False)
    monkeypatch.delenv("JIANGONG_PASSWORD", raising=False)


def run() -> int:
    named = argparse.Namespace(federation="高邮市总工会", code="ZGH", since=SINCE, administrator="admin")
    return init.run(named)


def test_it_founds_a_federation_with_its_book_and_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANGONG_PASSWORD", PASSWORD)
    assert run() == 0
    assert Book.objects.get().federation.name == "高邮市总工会"
    assert Account.objects.get().check_password(PASSWORD)
    assert set(RoleGrant.objects.values_list("role", flat=True)) == {"administrator", "manager"}
    assert PASSWORD not in capsys.readouterr().out


def test_a_password_that_nobody_gave_is_made_and_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    run()
    said = capsys.readouterr().out.strip()
    assert said.startswith("admin signs in with the password: ")
    assert Account.objects.get().check_password(said.rsplit(" ", 1)[1])


def test_a_password_that_is_refused_leaves_nothing_and_the_next_one_founds_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIANGONG_PASSWORD", "1234")
    with pytest.raises(DomainError):
        run()
    assert [model.objects.count() for model in (Unit, Book, Account, AuditEvent)] == [0, 0, 0, 0]
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("JIANGONG_PASSWORD", PASSWORD)
    assert run() == 0
