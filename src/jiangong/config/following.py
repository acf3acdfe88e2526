"""Runs a module that ends with the process which started it, even one that was killed (`kill -9`).

`python -m jiangong.config.following MODULE ARGUMENTS`, with a pipe for its standard input: the other end closes with
whoever holds it.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable

GRACE = 5  # seconds to finish what was begun
INPUT = 0


def follow_parent() -> None:
    """In a web process, which `multiprocessing` has started: ends with the one that looks after it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.join,), daemon=True).start()


def _end_after(wait: Callable[[], None]) -> None:
    wait()
    os._exit(1)


def _end_with_input() -> None:
    while os.read(INPUT, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)


def run(arguments: list[str]) -> None:
    threading.Thread(target=_end_with_input, daemon=True).start()
    sys.argv = arguments
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run(sys.argv[1:])
