"""The command `jiangong`. Exit codes: 0 done, 1 something does not agree, 2 wrong usage, 3 refused, 4 a fault of
the house, with its traceback; 141 when whoever reads the output has closed it."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from jiangong.config.environment import SettingError

log = logging.getLogger("jiangong")
AGREES, DISAGREES, USAGE, REFUSED, FAULT, CLOSED = 0, 1, 2, 3, 4, 141


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong, and where to read on."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangong.config.settings")
    import django

    try:
        django.setup()
    except SettingError as odd:
        return _refused(odd)
    from jiangong.config import commands
    from jiangong.config.commands.common import require_text
    from jiangong.ground.shared.middleware import as_refusal

    given = sys.argv[1:] if arguments is None else arguments
    parser = Parser(prog="jiangong", description="The ledger of a trade-union federation's campaign.")
    branches = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands.ALL:
        command.add_to(branches)
    options = parser.parse_args(given)
    try:
        require_text(given)
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has enough: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        refusal = as_refusal(error)
        if refusal is None:
            log.exception("A fault of the house.")
            return FAULT
        return _refused(refusal)
    return status


def _refused(reason: BaseException) -> int:
    print(f"jiangong: {reason}", file=sys.stderr)  # noqa: T201
    return REFUSED


def run() -> None:
    os.umask(0o027)  # what the house writes is for its own account and group
    sys.exit(main())


if __name__ == "__main__":
    run()
