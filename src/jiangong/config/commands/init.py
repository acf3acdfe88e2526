"""`jiangong init`: migrate, and found a federation with its book and first administrator when one is named."""

from __future__ import annotations

import argparse
import getpass
import os
import secrets

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from jiangong.books.evidence import operations as evidence
from jiangong.books.figures import operations as figures
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Book
from jiangong.config.commands.common import Branches, day, say
from jiangong.governance.reports import operations as reports
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role, SystemActor
from jiangong.work.activities import operations as activities


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("init", help="make or upgrade the database; found a federation")
    parser.add_argument("--federation", metavar="NAME", help="name of the federation, such as 高邮市总工会")
    parser.add_argument("--code", default="ZGH", help="its code (default ZGH)")
    parser.add_argument("--since", type=day, help="in being since (default: today)")
    parser.add_argument(
        "--administrator", metavar="SIGN-IN", default="admin", help="sign-in name (default admin)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    migrate()
    evidence.look_at_stored_photos()
    if options.federation:
        _found(options)
    return 0


def migrate() -> None:
    settings.HOME.mkdir(mode=0o750, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


def open_books(*, federation: Unit) -> Book:
    """A book with the kinds, topics, bounds and templates that ship."""
    actor, at = SystemActor(), clock.now()
    book = ledger.open_book(actor=actor, federation_id=federation.pk, at=at)
    activities.load_shipped_kinds(actor=actor, book=book)
    figures.seed_bounds(actor=actor, book=book)
    reports.load_shipped_templates(actor=actor, federation_id=federation.pk, at=at)
    return book


def _found(options: argparse.Namespace) -> None:
    """The administrator's password comes from JIANGONG_PASSWORD, from the terminal, or is made and printed once."""
    given = os.environ.get("JIANGONG_PASSWORD", "") or _asked()
    password = given or secrets.token_urlsafe(12)
    with transaction.atomic():
        _found_with(options, password)
    if not given:
        say(f"{options.administrator} signs in with the password: {password}")


def _found_with(options: argparse.Namespace, password: str) -> None:
    actor, at = SystemActor(), clock.now()
    since = options.since or clock.today()
    federation = organization.found_federation(
        actor=actor, code=options.code, name=options.federation, since=since, at=at
    )
    open_books(federation=federation)
    person = organization.add_person(actor=actor, unit_id=federation.pk, name=options.administrator, at=at)
    account = organization.open_account(
        actor=actor, person_id=person.pk, username=options.administrator, password=password, at=at
    )
    for role in (Role.ADMINISTRATOR, Role.MANAGER):
        organization.grant_role(
            actor=actor, account_id=account.pk, role=role, unit_id=federation.pk, since=since, at=at
        )


def _asked() -> str:
    return getpass.getpass("Password for the administrator (empty: make one): ") if os.isatty(0) else ""
