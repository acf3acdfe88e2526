"""`jiangong invite`: a link for somebody who cannot come in any more, or for an administrator who is missing."""

from __future__ import annotations

import argparse
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.config.commands.common import Branches, NoBook, say
from jiangong.ground.organization import operations as organization
from jiangong.ground.organization.models import Account
from jiangong.ground.organization.operations import Invited
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Role, SystemActor
from jiangong.ground.shared.errors import DomainError


class AccountUnknown(DomainError):
    code = "account_unknown"
    message = _(
        "No account has the sign-in name %(username)s. With --role one is opened for a new person of the federation."
    )


def add_to(branches: Branches) -> None:
    parser = branches.add_parser(
        "invite", help="make a link on which somebody sets a new password; open an account with a role"
    )
    parser.add_argument("username", metavar="SIGN-IN", help="sign-in name")
    parser.add_argument(
        "--role",
        choices=[role.value for role in Role],
        help="open an account with this role on the federation",
    )
    parser.add_argument("--name", default="", help="the new person's name (default: the sign-in name)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    with transaction.atomic():
        say_invitation(_invited(options))
    return 0


def _invited(options: argparse.Namespace) -> Invited:
    account = Account.objects.filter(username=options.username).first()
    if account is not None and not options.role:
        return organization.reset_by_invitation(actor=SystemActor(), account_id=account.pk, at=clock.now())
    if not options.role:
        raise AccountUnknown(username=options.username)
    book = Book.objects.order_by("pk").first()
    if book is None:
        raise NoBook
    return invite_new(
        username=options.username,
        name=options.name,
        role=Role(options.role),
        unit_id=book.federation_id,
        since=clock.today(),
    )


def invite_new(*, username: str, role: Role, unit_id: int, since: date, name: str = "") -> Invited:
    """A new person of the unit with an account, a role and an invitation."""
    actor, at = SystemActor(), clock.now()
    person = organization.add_person(actor=actor, unit_id=unit_id, name=name or username, at=at)
    invited = organization.open_account_by_invitation(
        actor=actor, person_id=person.pk, username=username, at=at
    )
    organization.grant_role(
        actor=actor, account_id=invited.account.pk, role=role, unit_id=unit_id, since=since, at=at
    )
    return invited


def say_invitation(invited: Invited) -> None:
    address = settings.BASE_URL + reverse("desk:invitation", args=[invited.token])
    until = timezone.localtime(invited.until).strftime("%Y-%m-%d %H:%M")
    say(f"{invited.account.username}\t{address}\tuntil {until}")
