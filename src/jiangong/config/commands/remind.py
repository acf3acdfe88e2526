"""`jiangong remind`: the nightly look at all tasks. Keeps since when each has its light, issues notices as the policy
says, makes reminders, and hands messages to the worker. Run it once a day, by cron."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from jiangong.config.commands.common import Branches, day, say, say_json
from jiangong.governance.plan import operations
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import SystemActor


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("remind", help="look at all tasks: lights, notices, reminders; once a day")
    parser.add_argument("--on", type=day, help="the day that is looked at; default today")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    on = options.on or clock.today()
    looked = operations.look_at_night(actor=SystemActor(), on=on, at=clock.now())
    if options.json:
        say_json({"on": on, **asdict(looked)})
        return 0
    for what, count in asdict(looked).items():
        say(f"{what}\t{count}")
    return 0
