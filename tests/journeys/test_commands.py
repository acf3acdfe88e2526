"""The command line on the example: what it prints, and what it answers to nonsense."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jiangong.config import cli
from jiangong.config.commands import verify
from tests.example import environment, jiangong

pytestmark = pytest.mark.embedded

HALLS, LECTURES = "activities.venues@hall", "activities.held@lecture"


@pytest.fixture
def figures(loaded_example: Path) -> dict[str, dict[str, Any]]:
    printed = jiangong(loaded_example, "figures", "--json")
    assert printed.returncode == 0, printed.stderr
    return {figure["code"]: figure for figure in json.loads(printed.stdout)}


def test_the_example_proves_itself(loaded_example: Path) -> None:
    proved = jiangong(loaded_example, "verify", "--json")
    assert proved.returncode == 0, proved.stdout
    assert json.loads(proved.stdout)["agrees"] is True


@pytest.mark.parametrize(
    ("code", "low", "high", "unit"),
    [
        (HALLS, 65, 65, "个"),
        (LECTURES, 137, 137, "场"),
        ("activities.audience@lecture", 10_000, 10_099, "人次"),
        ("activities.books@YM", 2_000, 2_099, "册"),
        ("activities.leaflets", 500, 599, "份"),
        ("activities.households", 300, 399, "户"),
        ("activities.problems", 50, 59, "件"),
        ("activities.held@visit", 30, 39, "场"),
        ("activities.visit_money", 150_000, 159_999, "元"),
        ("activities.views@themed_talk", 200, 299, "次"),
    ],
)
def test_the_example_is_the_seeds_campaign(
    figures: dict[str, dict[str, Any]], code: str, low: int, high: int, unit: str
) -> None:
    figure = figures[code]
    assert low <= Decimal(figure["value"]) <= high
    assert figure["unit_of_measure"] == unit
    assert figure["findings"] == []
    assert figure["position"] > 0


def test_half_a_year_is_less_than_three(loaded_example: Path, figures: dict[str, dict[str, Any]]) -> None:
    half = jiangong(loaded_example, "figures", "--since", "2019-01-01", "--until", "2019-06-30", "--json")
    found = {figure["code"]: Decimal(figure["value"] or 0) for figure in json.loads(half.stdout)}
    assert 0 < found[LECTURES] < Decimal(figures[LECTURES]["value"])
    assert found[HALLS] <= Decimal(figures[HALLS]["value"])


def test_a_trail_ends_at_records_and_files(loaded_example: Path) -> None:
    printed = jiangong(loaded_example, "trail", LECTURES, "--limit", "0", "--json")
    lines = json.loads(printed.stdout)
    assert sum(Decimal(line["quantity"]) for line in lines) == len(lines) == 137
    assert all(line["evidence"] for line in lines)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["figures", "--unit", "无此单位"], 3, "无此单位"),
        (["figures", "--since", "2020-13-01"], 2, "2020-13-01 is not a day"),
        (["figures", "--since", "1800-01-01"], 2, "lies before"),
        (["figures", "--since", "2020-05-01", "--until", "2020-04-01"], 3, "2020-04-01"),
        (["figures", "--as-of", "-1"], 2, "is not the number of a posting"),
        (["trail", "activities.nothing"], 3, "activities.nothing"),
        (["trail", "activities.held@nothing"], 3, "activities.held@nothing"),
        (["report", "--issue", "nothing"], 2, "'nothing'"),
        (["figures", "--unit", "\udcff"], 3, "UTF-8"),
        (["serve", "--port", "99999"], 2, "99999 is not a whole number"),
        (["serve", "--port", "-1"], 2, "-1 is not a whole number"),
        (["serve", "--host", "no.such.invalid"], 3, "no.such.invalid"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(
    loaded_example: Path, arguments: list[str], status: int, said: str
) -> None:
    answer = jiangong(loaded_example, *arguments)
    assert answer.returncode == status, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize("target", [".", "no-such-folder/report.docx"])
def test_a_report_that_cannot_be_written_says_where(
    loaded_example: Path, tmp_path: Path, target: str
) -> None:
    report, *_others = json.loads(jiangong(loaded_example, "report", "--json").stdout)
    arguments = ["report", report["uuid"], "--export", "docx", "--to", str(tmp_path / target)]
    refused(jiangong(loaded_example, *arguments), said=str(tmp_path / target))


@pytest.mark.parametrize("command", ["verify", "figures", "init", "serve"])
@pytest.mark.parametrize("content", [b"a letter that somebody put in its place " * 40, None])
def test_a_damaged_database_is_said_to_be_damaged(
    loaded_example: Path, tmp_path: Path, command: str, content: bytes | None
) -> None:
    whole = (loaded_example / "jiangong.sqlite3").read_bytes()
    (tmp_path / "jiangong.sqlite3").write_bytes(content or whole[:4096] + b"\xaa" * (len(whole) - 4096))
    refused(jiangong(tmp_path, command), said="数据库已损坏")


def test_a_database_that_can_only_be_read_says_so(example_home: Path) -> None:
    address = f"sqlite:///file:{example_home}/jiangong.sqlite3?mode=ro"
    refused(jiangong(example_home, "invite", "clerk", DATABASE_URL=address), said="数据库为只读")


def test_an_odd_setting_is_a_refusal(tmp_path: Path) -> None:
    refused(jiangong(tmp_path, "verify", DATABASE_URL="postgres://[::1"), said="DATABASE_URL: set ")


def test_a_fault_of_the_house_is_no_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 says that the books do not agree; a fault has its own number, and its traceback."""

    def broken(_options: object) -> int:
        raise RuntimeError

    monkeypatch.setattr(verify, "run", broken)
    assert cli.main(["verify"]) == cli.FAULT


def test_what_a_command_makes_is_for_its_own_account_and_group(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert jiangong(home, "init").returncode == 0
    modes = {path.name: path.stat().st_mode & 0o777 for path in (home, *home.iterdir())}
    assert modes.pop("secret.key") == 0o600
    assert {name: oct(mode & 0o027) for name, mode in modes.items() if mode & 0o027} == {}


def refused(answer: subprocess.CompletedProcess[str], *, said: str) -> None:
    assert answer.returncode == cli.REFUSED, answer.stderr
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_whoever_reads_may_stop_reading(loaded_example: Path) -> None:
    command = [sys.executable, "-m", "jiangong.config", "trail", LECTURES, "--limit", "0", "--json"]
    with subprocess.Popen(
        command, env=environment(loaded_example), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 141
