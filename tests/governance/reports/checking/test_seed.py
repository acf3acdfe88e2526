"""The published report of the issue: every figure of its list, and every oddity of domain.md §11.3."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import Checked, Registry, Sort

SEED = (Path(__file__).parent / "seed.txt").read_text("utf-8")
REGISTRY = Registry(
    population=810_000,
    place="高邮市",
    population_on="2019",
    audience=(5, 2000),
    since=date(2018, 1, 1),
    until=date(2020, 12, 31),
)
FIGURES = [
    ("整治问题", "个", 11, 19),
    ("大讲堂", "个", 65, 65),
    ("大讲堂活动", "场", 137, 137),
    ("受众职工", "人", 100_000_000, 199_999_999),
    ("典型", "个", 6, 6),
    ("优秀案例", "项", 1, 1),
    ("成才职工", "人", 1, 1),
    ("扬州市文明职工", "人", 10, 10),
    ("十佳文明职工", "人", 3, 3),
    ("“省文明职工”", "人", 3, 3),
    ("“最美劳动者”", "人", 10, 10),
    ("提名奖", "人", 10, 10),
    ("秦邮工匠", "人", 10, 10),
    ("全国“五一”劳动奖章", "人", 1, 1),
    ("省“五一”劳动奖章", "人", 1, 1),
    ("省“五一”劳动奖状", "家", 1, 1),
    ("工人先锋号", "个", 3, 3),
    ("扬州市“五一”劳动奖章", "人", 10, 10),
    ("扬州市“五一”劳动奖状", "家", 2, 2),
    ("劳动模范", "人", 49, 49),
    ("全国劳动模范", "人", 1, 1),
    ("五一巾帼标兵", "人", 1, 1),
    ("特困职工", "人次", 191, 191),
    ("水电费", "元", 500, 500),
    ("困难职工", "人", 300, 399),
    ("帮扶资金", "元", 1_290_000, 1_290_000),
    ("走访慰问", "次", 30, 39),
    ("慰问金", "元", 150_000, 159_999),
    ("书籍", "册", 2000, 2999),
    ("问题", "件", 50, 59),
    ("市民家庭", "户", 300, 399),
    ("宣传资料", "份", 500, 599),
    ("点击率", "人", 2000, None),
    ("网上收看点击率", "人", 200, None),
    ("五进", "个", 5, 5),
    ("五个一", "项", 5, 5),
]
ODDITIES = [
    ("P1", "10000万多人"),
    ("P2", "10000万多人"),
    ("P3", "10000万"),
    ("P3", "６"),
    ("P9", "６个"),
    ("P15", "更党走"),
    ("P15", "劳动劳\n动"),
    ("P15", "开展开展"),
    ("P15", "进结对社区"),
    ("P4", "点击率超过\n2000人"),
    ("P4", "收看点击率超过200人"),
    ("P5", "191人次"),
    ("P6", "300余名"),
    ("P7", "30多次"),
    ("P15", "建功立业团结广大职工"),
    ("P15", "用心用情用力用心用情用力"),
    ("P15", "产改工作州市产改"),
    ("P17", "赴御马\n社区"),
]


@pytest.fixture(scope="module")
def seed() -> Checked:
    return checking.check(SEED, registry=REGISTRY)


@pytest.mark.parametrize("thing,unit,lower,upper", FIGURES)
def test_every_figure_is_found_with_its_bounds_and_unit(
    seed: Checked, thing: str, unit: str, lower: int, upper: int | None
) -> None:
    expected = (unit, Decimal(lower), None if upper is None else Decimal(upper))
    found = [claim for claim in seed.claims if thing in f"{claim.verb}{claim.thing}"]
    assert expected in [(claim.unit, claim.lower, claim.upper) for claim in found]


def test_a_scheme_is_a_claim_without_a_number(seed: Checked) -> None:
    assert [claim.text for claim in seed.claims if claim.sort is Sort.SCHEME] == ["1+N"]


def test_nothing_else_is_taken_for_a_claim(seed: Checked) -> None:
    assert len(seed.claims) == len(FIGURES) + 1 + 1  # the scheme, and 五个一 which is said twice


@pytest.mark.parametrize("code,stretch", ODDITIES)
def test_every_oddity_is_found_at_its_place(seed: Checked, code: str, stretch: str) -> None:
    at = SEED.index(stretch)
    end = at + len(stretch)
    assert [mark for mark in seed.marks if mark.code == code and mark.start < end and at < mark.end]


def test_no_more_than_five_findings_are_false(seed: Checked) -> None:
    """Beside the oddities: seven more doubled lines, four detached headings, five names, one honour named again."""
    expected = len(ODDITIES) + 4 + 4 + 5 + 1
    assert len(seed.marks) <= expected + 5


def test_two_villages_every_quarter_for_three_years_are_24_times(seed: Checked) -> None:
    (found,) = [mark for mark in seed.marks if mark.code == "P7"]
    assert found.compared == ("30多次", "24")
