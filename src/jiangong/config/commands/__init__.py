"""The commands, one module each; a module has `add_to(branches)` and sets `run`."""

from jiangong.config.commands import (
    audit,
    backup,
    check_text,
    example,
    figures,
    init,
    invite,
    remind,
    report,
    restore,
    serve,
    tidy,
    trail,
    verify,
)

ALL = (
    serve,
    init,
    invite,
    example,
    figures,
    trail,
    verify,
    remind,
    report,
    check_text,
    backup,
    restore,
    audit,
    tidy,
)
