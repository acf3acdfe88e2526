"""How long a text is as printed, and what is said of one beyond its limit."""

from __future__ import annotations

import pytest

from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import TextKind
from jiangong.governance.reports.rules.frozen import Part, Section
from jiangong.governance.reports.rules.lengths import Length, length, within_limit
from tests.governance.reports.conftest import Desk


def test_spaces_do_not_count_and_punctuation_counts_once() -> None:
    sections = [Section(1, (Part("标题"),)), Section(0, (Part("甲，乙 "), Part("12场"), Part("。\u3000")))]
    assert length(sections) == Length(signs=9, letters=7)


@pytest.mark.parametrize(
    "signs,limit,strict,expected",
    [
        (500, 500, True, None),
        (501, 500, True, Severity.ERROR),
        (501, 500, False, Severity.WARNING),
        (9999, None, True, None),
    ],
)
def test_beyond_the_limit_is_a_finding(
    signs: int, limit: int | None, strict: bool, expected: Severity | None
) -> None:
    found = within_limit(found=Length(signs, signs), limit=limit, is_strict=strict)
    assert [finding.severity for finding in found] == ([expected] if expected else [])


def test_figures_count_as_they_are_printed(desk: Desk) -> None:
    report = desk.save("受众{{activities.audience}}。")
    assert queries.resolved(report=report, on=report.until).length == Length(signs=7, letters=6)


def test_an_explanatory_report_beyond_its_limit_is_not_issued_without_a_reason(desk: Desk) -> None:
    desk.save("长" * 501)
    type(desk.report).objects.update(text_kind=TextKind.EXPLANATORY, limit=500)
    with pytest.raises(operations.FindingsOpen) as refused:
        desk.issue()
    assert "501" in str(refused.value)


def test_a_copy_keeps_kind_and_limit(desk: Desk) -> None:
    type(desk.report).objects.update(text_kind=TextKind.EXPLANATORY, limit=500)
    made = operations.copy_report(
        actor=desk.cast["clerk"], uuid=desk.report.uuid, new_uuid=desk.comment().uuid, at=desk.later()
    )
    assert (made.text_kind, made.limit) == (TextKind.EXPLANATORY, 500)
