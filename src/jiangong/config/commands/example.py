"""`jiangong example`: the campaign of the seed report, loaded through the operations that people use."""

from __future__ import annotations

import argparse

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from jiangong.books.ledger.models import Book
from jiangong.config.commands import init
from jiangong.config.commands.common import Branches, bar, say
from jiangong.ground.shared.errors import DomainError


class NotTheExample(DomainError):
    code = "not_the_example"
    message = _(
        "There is a book in %(home)s already, and it is not the whole example. Name another folder in "
        "JIANGONG_HOME, or remove this one if nobody needs it."
    )


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("example", help="load the example campaign, once, and print its sign-ins")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    del options
    from jiangong.config.example import campaign, told

    init.migrate()
    if Book.objects.exists() and not told.is_loaded():
        raise NotTheExample(home=settings.HOME)
    if not told.is_loaded():
        with bar(what="example", total=campaign.steps()) as shown:
            campaign.load(tick=lambda: shown.update(1))
    for line in campaign.sign_ins():
        say(line)
    return 0
