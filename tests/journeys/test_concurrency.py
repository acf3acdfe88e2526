"""Two processes at once, on either database: what is posted is posted once, and the chain stays whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.example import environment

RECORDS = 40
pytestmark = pytest.mark.slow


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty database: a SQLite file, or a new database beside the tests' PostgreSQL one."""
    variables = {**environment(tmp_path), "PYTHONPATH": "."}
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield variables
        return
    name = f"scratch_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield {**variables, "DATABASE_URL": address.rsplit("/", 1)[0] + f"/{name}"}
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(
    scratch: dict[str, str], *arguments: str, module: str = "tests.journeys.booking"
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, env=scratch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answer(process: subprocess.Popen[str]) -> str:
    out, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return out


def verify(scratch: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jiangong.config", "verify", "--json"]
    return subprocess.run(command, env=scratch, capture_output=True, text=True, check=False, timeout=120)


def test_two_people_confirm_the_same_records_at_once(scratch: dict[str, str]) -> None:
    answer(start(scratch, "prepare", str(RECORDS)))
    both = [start(scratch, "confirm", name) for name in ("one", "two")]
    done = [json.loads(answer(process)) for process in both]
    assert sum(each["posted"] for each in done) == RECORDS
    assert sum(each["late"] for each in done) == RECORDS
    verified = verify(scratch)
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["postings"] == RECORDS


def test_the_same_capture_sent_by_two_at_once_becomes_one_record(scratch: dict[str, str]) -> None:
    answer(start(scratch, "prepare", "0"))
    uuid = str(uuid4())
    both = [start(scratch, "enter", uuid, "10") for _ in range(2)]
    found = [json.loads(answer(process)) for process in both]
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_the_proof_agrees_while_others_go_on_posting(scratch: dict[str, str]) -> None:
    answer(start(scratch, "prepare", str(RECORDS)))
    poster = start(scratch, "book", "0")
    try:
        assert poster.stdout
        assert poster.stdout.readline() == "ready\n"
        verified = [verify(scratch) for _ in range(4)]
    finally:
        poster.kill()
        poster.communicate(timeout=10)
    assert [proven.returncode for proven in verified] == [0, 0, 0, 0], [proven.stdout for proven in verified]
    postings = [json.loads(proven.stdout)["postings"] for proven in verified]
    assert postings == sorted(set(postings)), "whoever posts does not wait for the proof"


def test_of_four_who_decide_on_a_report_at_once_one_does(scratch: dict[str, str]) -> None:
    module = "tests.journeys.writing"
    answer(start(scratch, "prepare", "15", module=module))
    everybody = [start(scratch, act, module=module) for act in ("save", "check", "return", "issue")]
    done = [json.loads(answer(process)) for process in everybody]
    assert sum(each["done"] for each in done) == 15
    assert sum(each["late"] for each in done) == 45
    assert verify(scratch).returncode == 0


def test_a_month_is_closed_while_its_records_are_amended(scratch: dict[str, str]) -> None:
    """What was accepted before the closing is in it, what came after restates it; the proof tells them apart."""
    answer(start(scratch, "prepare_amendments", "20"))
    both = [start(scratch, "accept"), start(scratch, "close")]
    for process in both:
        answer(process)
    verified = verify(scratch)
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["postings"] == 40


def test_an_import_is_confirmed_while_its_records_are_returned(scratch: dict[str, str]) -> None:
    answer(start(scratch, "prepare_import", str(RECORDS)))
    sender, confirmer = start(scratch, "send_back"), start(scratch, "confirm_import", "4")
    answer(confirmer)
    done = json.loads(answer(sender))
    assert done["returned"] + done["late"] == RECORDS
    verified = verify(scratch)
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["postings"] == RECORDS - done["returned"]
