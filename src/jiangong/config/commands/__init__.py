"""The commands, one module each; a module has `add_to(branches)` and sets `run`."""

from jiangong.config.commands import (
    audit,
    backup,
    check_text,
    example,
    figures,
    init,
    report,
    restore,
    serve,
    tidy,
    trail,
    verify,
)

ALL = (serve, init, example, figures, trail, verify, report, check_text, backup, restore, audit, tidy)
