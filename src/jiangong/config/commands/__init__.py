"""The commands, one module each; a module has `add_to(branches)` and sets `run`."""

from jiangong.config.commands import example, figures, init, report, serve, trail, verify

ALL = (serve, init, example, figures, trail, verify, report)
