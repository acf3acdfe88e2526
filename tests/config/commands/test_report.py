"""`jiangong report --check-layout FILE.docx`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from jiangong.config.commands import report
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.measuring import opening
from tests.governance.reports.documents import BASE_URL, official
from tests.governance.reports.measuring.test_departures import careless


def run(path: Path, *, as_json: bool = False) -> int:
    return report.run(argparse.Namespace(check_layout=path, json=as_json, uuid=None))


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.docx"
    path.write_bytes(content)
    return path


def test_a_clean_file_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(written(tmp_path, to_docx(official(Form.REPORT), base_url=BASE_URL))) == 0
    assert capsys.readouterr().out == "版式符合国家标准。\n"


def test_departures_end_with_1_and_are_named_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, careless())) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) >= 15
    assert all(line.startswith("G") and line.count("\t") == 3 for line in lines)


def test_programs_read_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(written(tmp_path, careless()), as_json=True) == 1
    content = json.loads(capsys.readouterr().out)
    assert content["file"].endswith("file.docx")
    assert content["missing_faces"][0] == "方正小标宋简体"
    assert {"code", "place", "found", "wanted"} <= set(content["departures"][0])


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(opening.NotWord):
        run(written(tmp_path, b"text"))
    with pytest.raises(report.NotRead, match="none"):
        run(tmp_path / "none.docx")
    with pytest.raises(report.NotRead):
        run(tmp_path)
