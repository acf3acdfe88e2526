"""`jiangong init`: migrate, and found a federation with its book and its first people when one is named."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from jiangong.books.evidence import operations as evidence
from jiangong.books.figures import operations as figures
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Book
from jiangong.config.commands.common import Branches, day, say
from jiangong.config.commands.invite import invite_new, say_invitation
from jiangong.governance.reports import operations as reports
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import RoleName, Unit
from jiangong.ground.organization.operations import Invited
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role, SystemActor
from jiangong.work.activities import operations as activities

FOUNDERS = {
    "admin": Role.ADMINISTRATOR,
    "security": Role.SECURITY,
    "auditor": Role.AUDITOR,
    "manager": Role.MANAGER,
}


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("init", help="make or upgrade the database; found a federation")
    parser.add_argument("--federation", metavar="NAME", help="name of the federation, such as 高邮市总工会")
    parser.add_argument("--code", default="ZGH", help="its code (default ZGH)")
    parser.add_argument("--since", type=day, help="in being since (default: today)")
    for option, role in FOUNDERS.items():
        name = RoleName(role).label
        parser.add_argument(
            f"--{option}", metavar="SIGN-IN", default=option, help=f"sign-in name of the {name} ({option})"
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
    activities.load_shipped_kinds(actor=actor, book=book, at=at)
    figures.seed_bounds(actor=actor, book=book, at=at)
    reports.load_shipped_templates(actor=actor, federation_id=federation.pk, at=at)
    return book


def _found(options: argparse.Namespace) -> None:
    """Four people, since none of the three administrators holds another role; each gets a link, printed once."""
    with transaction.atomic():
        invited = _found_with(options)
    say("Each sets a password on their own link, which is shown here and never again:")
    for one in invited:
        say_invitation(one)


def _found_with(options: argparse.Namespace) -> list[Invited]:
    actor, at = SystemActor(), clock.now()
    since = options.since or clock.today()
    federation = organization.found_federation(
        actor=actor, code=options.code, name=options.federation, since=since, at=at
    )
    open_books(federation=federation)
    return [
        invite_new(username=getattr(options, option), role=role, unit_id=federation.pk, since=since)
        for option, role in FOUNDERS.items()
    ]
