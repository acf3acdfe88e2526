"""The command `jiangong`. Exit codes: 0 done, 1 something does not agree, 2 wrong usage, 3 refused."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

AGREES, DISAGREES, USAGE, REFUSED, CLOSED = 0, 1, 2, 3, 141


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangong.config.settings")
    import django

    django.setup()
    from jiangong.config import commands
    from jiangong.ground.shared.middleware import as_refusal

    parser = argparse.ArgumentParser(
        prog="jiangong", description="The ledger of a trade-union federation's campaign."
    )
    branches = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands.ALL:
        command.add_to(branches)
    options = parser.parse_args(arguments)
    try:
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
            raise
        print(f"jiangong: {refusal}", file=sys.stderr)  # noqa: T201
        return REFUSED
    return status


def run() -> None:
    sys.exit(main())


if __name__ == "__main__":
    run()
