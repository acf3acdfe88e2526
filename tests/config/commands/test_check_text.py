"""`jiangong check-text`, on a federation with a small book."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jiangong.books.ledger.models import Posting
from jiangong.config import cli
from tests.conftest import MakeRecord, World


def run(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    status = cli.main(["check-text", str(path), "--since", "2018-01-01", "--until", "2020-12-31", *options])
    return status, capsys.readouterr().out


def written(folder: Path, text: str) -> Path:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_clean_text_ends_with_0(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(written(tmp_path, "会议圆满结束。"), capsys)[0] == 0


def test_claims_and_findings_come_as_json(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "开展开展活动，发放书籍2000多册。"
    status, out = run(written(tmp_path, text), capsys, "--json")
    found = json.loads(out)
    assert status == 1
    (claim,) = found["claims"]
    assert (claim["figure"], claim["verdict"], claim["ledger"]) == ("activities.books", "differs", "0")
    assert (claim["lower"], claim["upper"], claim["difference"]) == ("2000", "2999", "-2000")
    assert text[claim["start"] : claim["end"]] == "2000多册"
    assert [finding["code"] for finding in found["findings"]] == ["P15"]


def test_a_text_is_held_against_the_book_as_it_stood(
    world: World, make_record: MakeRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_record(audience=80, day=date(2020, 1, 10))
    position = Posting.objects.latest("number").number
    make_record(audience=40, day=date(2020, 1, 20))
    path = written(tmp_path, "举办职工大讲堂，受众80人次。")

    status, out = run(path, capsys, "--json")
    (now,) = json.loads(out)["claims"]
    assert (status, now["verdict"], now["ledger"]) == (1, "differs", "120")

    status, out = run(path, capsys, "--json", "--as-of", str(position))
    found = json.loads(out)
    (then,) = found["claims"]
    assert (status, then["verdict"], then["ledger"]) == (0, "agrees", "80")
    assert found["as_of"] == position


def test_until_when_it_agreed_is_told_as_the_book_stood(
    world: World, make_record: MakeRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_record(audience=80, day=date(2020, 1, 10))
    make_record(audience=40, day=date(2020, 3, 10))
    position = Posting.objects.latest("number").number
    make_record(audience=5, day=date(2020, 1, 20))
    path = written(tmp_path, "举办职工大讲堂，受众80人次。")

    agreed = []
    for options in ([], ["--as-of", str(position)]):
        (claim,) = json.loads(run(path, capsys, "--json", *options)[1])["claims"]
        agreed.append((claim["ledger"], claim["agreed_until"]))
    assert agreed == [("125", None), ("120", "2020-02-29")]


def test_what_cannot_be_read_ends_with_2(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nowhere.txt", capsys)[0] == 2
    assert run(written(tmp_path, " "), capsys)[0] == 2


def test_a_file_that_is_not_there_is_told_so(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check-text", str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_a_number_without_end_is_one_finding(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = run(written(tmp_path, "9" * 20_000 + "人"), capsys, "--json")
    found = json.loads(out)
    assert (status, found["claims"]) == (1, [])
    (finding,) = found["findings"]
    assert finding["code"] == "P3"
    assert "999999…999999" in finding["text"]


@pytest.mark.parametrize(
    "text,audience",
    [
        ("2020年工作总结\n市总开展服务。\n举办职工大讲堂，受众40人次。", 40),
        ("2020年，市总开展服务。\n举办职工大讲堂，受众40人次。", 40),
        ("2020年工作汇报\n今年1至4月，市总开展服务。\n举办职工大讲堂，受众30人次。", 30),
        ("2020年工作总结\n举办职工大讲堂，累计受众120人次。", 120),
        ("2020年工作总结\n三年来举办职工大讲堂，受众120人次。", 120),
        ("2020年工作总结\n2019年举办职工大讲堂，受众80人次。", 80),
        ("2020年3月5日，市总开展服务。\n举办职工大讲堂，受众120人次。", 120),
        ("举办职工大讲堂，受众120人次。", 120),
    ],
)
def test_the_year_of_the_title_or_the_lead_holds_where_a_sentence_names_none(
    world: World,
    make_record: MakeRecord,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    audience: int,
) -> None:
    make_record(audience=80, day=date(2019, 5, 10))
    make_record(audience=30, day=date(2020, 2, 10))
    make_record(audience=10, day=date(2020, 5, 2))
    path = written(tmp_path, text)
    cli.main(["check-text", str(path), "--json"])
    (claim,) = json.loads(capsys.readouterr().out)["claims"]
    assert (claim["verdict"], claim["ledger"]) == ("agrees", str(audience))


def test_a_period_that_is_chosen_outweighs_the_title(
    world: World, make_record: MakeRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_record(audience=80, day=date(2019, 5, 10))
    make_record(audience=40, day=date(2020, 2, 10))
    _status, out = run(written(tmp_path, "2020年工作总结\n举办职工大讲堂，受众120人次。"), capsys, "--json")
    (claim,) = json.loads(out)["claims"]
    assert (claim["verdict"], claim["ledger"]) == ("agrees", "120")
