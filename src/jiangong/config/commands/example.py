"""`jiangong example`: the campaign of the seed report, loaded through the operations that people use."""

from __future__ import annotations

import argparse

from jiangong.books.ledger.models import Book
from jiangong.config.commands import init
from jiangong.config.commands.common import Branches, bar, say


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("example", help="load the example campaign, once, and print its sign-ins")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    del options
    from jiangong.config.example import campaign

    init.migrate()
    if not Book.objects.exists():
        with bar(what="example", total=campaign.steps()) as shown:
            campaign.load(tick=lambda: shown.update(1))
    for line in campaign.sign_ins():
        say(line)
    return 0
