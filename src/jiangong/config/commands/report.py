"""`jiangong report`: list, issue and export reports."""

from __future__ import annotations

import argparse

from jiangong.config.commands.common import Branches


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("report", help="list, issue or export reports")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    del options
    return 0
