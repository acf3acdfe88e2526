"""A process that posts is killed in the middle of it, twenty times; the books verify every time."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.example import environment, jiangong

TIMES = 20
pytestmark = [pytest.mark.slow, pytest.mark.embedded]


def booking(home: Path, *arguments: str, module: str = "tests.journeys.booking") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
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


def test_killed_while_it_confirms_an_import_it_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    """Each time whole parts are confirmed and the books verify; in the end every record was posted once."""
    records, part = 60, 4
    assert booking(tmp_path, "prepare_import", str(records)).wait(timeout=120) == 0
    chance = random.Random(7)
    counts = [0]
    for _turn in range(60):
        victim = booking(tmp_path, "confirm_import", str(part))
        assert victim.stdout
        assert victim.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.01, 0.12))
        victim.kill()
        victim.wait(timeout=10)
        victim.stdout.close()
        verified = jiangong(tmp_path, "verify", "--json")
        assert verified.returncode == 0, verified.stdout
        counts.append(int(verified.stdout.split('"postings": ')[1].split(",")[0]))
        assert counts[-1] % part == 0
        if counts[-1] == records:
            break
    assert counts == sorted(counts)
    assert counts[-1] == records
    assert len(set(counts)) > 2, "it was never caught in the middle"


def test_killed_while_an_import_comes_in_all_of_it_is_there_or_nothing(tmp_path: Path) -> None:
    assert booking(tmp_path, "prepare", "0").wait(timeout=120) == 0
    chance, rows = random.Random(3), 400
    counts = []
    for _turn in range(5):
        victim = booking(tmp_path, "import_for_ever", str(rows))
        assert victim.stdout
        assert victim.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.9))
        victim.kill()
        victim.wait(timeout=10)
        victim.stdout.close()
        verified = jiangong(tmp_path, "verify", "--json")
        assert verified.returncode == 0, verified.stdout
        counts.append(int(verified.stdout.split('"records": ')[1].split(",")[0]))
    assert [count % rows for count in counts] == [0] * len(counts)
    assert counts[-1] > 0


def test_killed_while_it_issues_reports_each_issue_is_whole(tmp_path: Path) -> None:
    assert booking(tmp_path, "prepare", "3").wait(timeout=120) == 0
    chance = random.Random(5)
    for _turn in range(4):
        victim = booking(tmp_path, "issue_for_ever", module="tests.journeys.writing")
        assert victim.stdout
        assert victim.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.05, 0.5))
        victim.kill()
        victim.wait(timeout=10)
        victim.stdout.close()
        verified = jiangong(tmp_path, "verify", "--json")
        assert verified.returncode == 0, verified.stdout
    made = json.loads(jiangong(tmp_path, "report", "--json").stdout)
    assert any(report["state"] == "issued" for report in made)
