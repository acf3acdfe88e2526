"""The example's report comes about as people would write it: from a template, over a return, to the public page."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.example import jiangong


def rows(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home / "jiangong.sqlite3")) as database:
        return list(database.execute(sql))


def test_each_step_is_done_by_the_one_whose_it_is(example_home: Path) -> None:
    steps = """
        SELECT a.username, s.act, v.number FROM reports_step s
        JOIN organization_account a ON a.id = s.by_id JOIN reports_version v ON v.id = s.version_id
        JOIN reports_report r ON r.id = s.report_id WHERE r.text_kind = 'effect' ORDER BY s.at
    """
    assert rows(example_home, steps) == [
        ("office", "sent", 2),
        ("deputy", "returned", 2),
        ("office", "sent", 3),
        ("deputy", "checked", 3),
    ]
    issued = """
        SELECT a.username, i.number, p.ended_at FROM reports_issue i
        JOIN organization_account a ON a.id = i.issued_by_id
        JOIN reports_publication p ON p.issue_id = i.id
    """
    assert rows(example_home, issued) == [("head", 1, None)]


def test_every_form_of_document_was_drafted_checked_and_issued_by_three_people(example_home: Path) -> None:
    ways = """
        SELECT r.form, r.number_code || r.number_year || '-' || r.number_serial, i.number,
            w.username, c.username, h.username
        FROM reports_report r JOIN reports_issue i ON i.report_id = r.id
        JOIN reports_step s ON s.report_id = r.id AND s.act = 'checked'
        JOIN organization_account w ON w.id = r.written_by_id JOIN organization_account c ON c.id = s.by_id
        JOIN organization_account h ON h.id = i.issued_by_id ORDER BY r.form, r.number_serial
    """
    three = ("office", "deputy", "head")
    assert rows(example_home, ways) == [
        ("letter", "高工函2019-3", 1, *three),
        ("minutes", None, 1, *three),
        ("minutes", None, 1, *three),
        ("minutes", None, 1, *three),
        ("minutes", "高工纪2020-4", 1, *three),
        ("notice", "高工发2018-8", 1, *three),
        ("plain", None, 1, *three),
        ("report", "高工发2021-1", 1, *three),
    ]


def test_the_question_was_answered_and_settled(example_home: Path) -> None:
    said = rows(
        example_home,
        "SELECT quote <> '', settled_at IS NOT NULL, parent_id IS NULL FROM reports_comment ORDER BY at",
    )
    assert said == [(1, 1, 1), (0, 0, 0)]


def test_its_annex_explains_ten_figures_and_agrees_with_its_digest(example_home: Path) -> None:
    ((content,),) = rows(example_home, "SELECT content FROM reports_trailannex")
    trails = json.loads(str(content))
    assert len(trails) == 10
    assert all(trail["records"] for trail in trails)
    verified = jiangong(example_home, "verify", "--without-files")
    assert verified.returncode == 0, verified.stdout
