"""A process that posts is killed in the middle of it, twenty times; the books verify every time."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.example import environment, jiangong

TIMES = 20
pytestmark = pytest.mark.slow


def booking(home: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.booking", *arguments],
        env={**environment(home), "PYTHONPATH": "."},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_killed_twenty_times_while_it_posts_the_books_still_verify(tmp_path: Path) -> None:
    assert booking(tmp_path, "prepare", "0").wait(timeout=120) == 0
    chance = random.Random(20)
    postings = 0
    for turn in range(TIMES):
        victim = booking(tmp_path, "book", str(turn * 1000))
        assert victim.stdout
        assert victim.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.6))
        victim.kill()
        victim.wait(timeout=10)
        victim.stdout.close()
        verified = jiangong(tmp_path, "verify", "--json")
        assert verified.returncode == 0, verified.stdout
        postings = int(verified.stdout.split('"postings": ')[1].split(",")[0])
    assert postings > TIMES
