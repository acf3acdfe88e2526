from __future__ import annotations

from datetime import date

import pytest

from jiangong.governance.reports.rules.drafts import from_file
from jiangong.governance.reports.rules.titles import file_name, parse_period, proposed_title, spoken_period
from jiangong.ground.shared.rules import periods
from jiangong.ground.shared.rules.periods import Period


@pytest.mark.parametrize(
    "period,words",
    [
        (periods.year(2020), "2020年"),
        (periods.years(2018, 2020), "2018—2020年"),
        (periods.quarter(2, 2020), "2020年第二季度"),
        (periods.month(5, 2020), "2020年5月"),
        (Period(date(2020, 5, 1), date(2020, 5, 1)), "2020年5月1日"),
        (Period(date(2020, 5, 3), date(2020, 6, 1)), "2020年5月3日至6月1日"),
        (Period(date(2019, 5, 3), date(2020, 6, 1)), "2019年5月3日至2020年6月1日"),
    ],
)
def test_a_period_is_spoken_in_chinese(period: Period, words: str) -> None:
    assert spoken_period(period) == words

    assert parse_period(words) == period


@pytest.mark.parametrize("words", ["", "多", "2020", "2020年5月1日至", "2018—2020年5月", "去年"])
def test_what_is_no_period_is_none(words: str) -> None:
    try:
        assert parse_period(words) is None
    except ValueError:
        assert words == "2020年5月1日至"


def test_a_title_is_proposed() -> None:
    title = proposed_title(unit="高邮市总工会", period=periods.year(2020))
    assert title == "高邮市总工会2020年工作情况报告"
    title = proposed_title(unit="高邮市总工会", period=periods.quarter(2, 2020), template="工作简报")
    assert title == "高邮市总工会2020年第二季度工作简报"


@pytest.mark.parametrize(
    "title,number,name",
    [
        ("工作报告", 1, "工作报告.pdf"),
        ("工作报告", 2, "工作报告（2）.pdf"),
        ('a/b\\c:*?"<>|\n', 1, "a_b_c.pdf"),
        ("...", 1, "report.pdf"),
    ],
)
def test_a_file_name_fits_every_system(title: str, number: int, name: str) -> None:
    assert file_name(title=title, number=number, form="pdf") == name


def test_a_report_can_be_begun_from_a_file() -> None:
    text = "标题：建功立业\n副题：用心用情\n署名：市总工会\n\n第一段。\n\n# 标题：不是\n"
    content = from_file(text, since=date(2018, 1, 1), until=date(2020, 12, 31))
    assert (content.title, content.subtitle, content.organ) == ("建功立业", "用心用情", "市总工会")
    assert content.text == "第一段。\n\n# 标题：不是\n"
