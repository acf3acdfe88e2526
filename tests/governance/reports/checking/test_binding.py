"""Which figure a claim means, and what a small ledger says of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import Bound, Checked, Claim, Known, Registry, verdicts
from jiangong.ground.shared.rules.periods import Period

PLACES = (("YM", "御码社区"), ("SB", "水部楼社区"), ("ZX", "周巷村"), ("DT", "董谭村"))
KINDS = (("lecture", "职工大讲堂"), ("visit", "走访慰问"))
ROWS = (
    ("venues", ("阵地", "大讲堂", "职工书屋"), "个", ()),
    ("held", ("活动场次", "场次"), "场", KINDS),
    ("audience", ("受众", "受众职工"), "人次", KINDS),
    ("per_session", ("场均受众", "场均人次"), "人次/场", KINDS),
    ("publicity", ("宣传阵地布置", "宣传阵地"), "个", ()),
    ("books", ("发放书籍", "书籍"), "册", PLACES),
    ("leaflets", ("发放宣传资料", "宣传资料"), "份", PLACES),
    ("households", ("入户走访", "入户"), "户", PLACES),
    ("problems", ("解决问题",), "件", PLACES),
    ("money", ("慰问金",), "元", PLACES),
    ("per_household", ("户均慰问金",), "元/户", PLACES),
    ("participants", ("参加人数",), "人", KINDS),
    ("views", ("点击量", "网上收看"), "人次", ()),
)
REGISTRY = Registry(
    figures=tuple(
        Known(key, words[0], words, unit, parts, "", "/" in unit) for key, words, unit, parts in ROWS
    ),
    places=tuple(name for _code, name in PLACES),
    units=(("F1", "纺织一厂工会"),),
    since=date(2018, 1, 1),
    until=date(2020, 12, 31),
)
LEDGER: dict[str, int | str] = {
    "venues": 83, "publicity": 186, "held": 283, "held@lecture": 137, "held@visit": 36, "audience": 13789,
    "audience@lecture": 10034, "per_session": "65.4", "per_session@lecture": "73.2", "books": 2036, "books@YM": 488,
    "leaflets": 563, "leaflets@YM": 456, "households": 312, "households@YM": 204, "problems": 56, "problems@YM": 32,
    "money": 152400, "money@ZX": 104200, "money@DT": 48200, "per_household": "488.46", "participants": 290,
    "views": 5200, "F1 held": 2,
}  # fmt: skip


def value(bound: Bound | None) -> Decimal | None:
    if bound is None:
        return None
    found = LEDGER.get(f"{bound.unit_code} {bound.key}".strip())
    return None if found is None else Decimal(found)


def judged(text: str) -> Checked:
    found = checking.check(text, registry=REGISTRY)
    for claim in found.claims:
        if claim.bound:
            verdicts.judge(claim, value(claim.bound), value(claim.bound.other))
    return found


def told(text: str) -> list[str]:
    """Each number with its figure and verdict: `488 books@YM agrees`."""
    return [_told(claim) for claim in judged(text).claims]


def _told(claim: Claim) -> str:
    key = f"{claim.bound.unit_code} {claim.bound.key}".strip() if claim.bound else "-"
    return f"{claim.text} {key} {'differs' if 'D1' in claim.codes else claim.verdict.value}"


@pytest.mark.parametrize(
    "text,expected",
    [
        (
            "入户走访312户，发放宣传资料563份，向御码社区赠送书籍488册，协调解决问题56件。",
            [
                "312户 households agrees",
                "563份 leaflets agrees",
                "488册 books@YM agrees",
                "56件 problems agrees",
            ],
        ),
        (
            "赴御码社区发放书籍488册，全市共入户走访312户。",
            ["488册 books@YM agrees", "312户 households agrees"],
        ),
        (
            "赴御码社区入户走访204户，发放宣传资料456份，解决问题33件。",
            ["204户 households@YM agrees", "456份 leaflets@YM agrees", "33件 problems@YM differs"],
        ),
        ("赴御码社区入户走访203户。", ["203户 households@YM differs"]),
        ("全市入户走访204户。", ["204户 households differs"]),
        (
            "向周巷村送去慰问金10.42万元，向董谭村送去慰问金4.82万元。",
            ["10.42万元 money@ZX agrees", "4.82万元 money@DT agrees"],
        ),
        (
            "向周巷村送去慰问金10.42万元、董谭村4.83万元。",
            ["10.42万元 money@ZX agrees", "4.83万元 money@DT differs"],
        ),
        ("向周巷村、董谭村送去慰问金9万元。", ["9万元 - no_figure"]),
        ("向周巷村、董谭村送去慰问金15.24万元。", ["15.24万元 money agrees"]),
        ("纺织一厂工会举办活动2场，全市举办活动283场。", ["2场 F1 held agrees", "283场 held agrees"]),
        ("纺织一厂工会举办活动3场。", ["3场 F1 held differs"]),
    ],
)
def test_a_part_holds_for_its_clause_and_where_the_text_carries_it_on(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text,expected",
    [
        ("场均受众65.4人次。", ["65.4人次 per_session agrees"]),
        ("场均受众65人次。", ["65人次 per_session agrees"]),
        (
            "2018年以来，开展职工大讲堂137场，场均受众73.1人次。",
            ["137场 held@lecture agrees", "73.1人次 per_session@lecture differs"],
        ),
        ("场均受众80人次。", ["80人次 per_session differs"]),
        ("平均受众80人次。", ["80人次 - no_figure"]),
        ("户均慰问金488.46元，人均慰问金300元。", ["488.46元 per_household agrees", "300元 - no_figure"]),
        ("每户发放慰问金500元。", ["500元 per_household differs"]),
        ("各送慰问金5000元。", ["5000元 - no_figure"]),
        ("每月开展活动3场。", ["3场 - no_figure"]),
        ("为每户送慰问金，共152400元。", ["152400元 money agrees"]),
    ],
)
def test_a_mean_is_held_against_a_mean_and_a_total_against_a_total(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text,expected",
    [
        (
            "参加人数290人，其中男180人、女110人。",
            ["290人 participants agrees", "180人 - no_figure", "110人 - no_figure"],
        ),
        ("发放书籍2036册，《劳模风采》1000册。", ["2036册 books agrees", "1000册 - no_figure"]),
        ("发放《劳模风采》等书籍2035册。", ["2035册 books differs"]),
        ("开展活动283场，其中职工大讲堂136场。", ["283场 held agrees", "136场 held@lecture differs"]),
    ],
)
def test_a_part_is_held_against_the_ledgers_part_or_against_nothing(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text,expected",
    [
        ("阵地布置186个。", ["186个 publicity agrees"]),
        ("布置宣传阵地185个。", ["185个 publicity differs"]),
        ("建成阵地83个。", ["83个 venues agrees"]),
        ("发放培训手册300册。", ["300册 - no_figure"]),
        ("御码社区低保户15户享受政策。", ["15户 - no_figure"]),
    ],
)
def test_the_longest_name_goes_first_and_half_a_name_never_differs(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_number_of_the_whole_that_is_said_of_a_part_is_told_to_fit_the_whole() -> None:
    (claim,) = judged("赴御码社区入户走访312户。").claims
    assert claim.codes == ["D1"]
    assert claim.fits == "households"


@pytest.mark.parametrize(
    "text,since",
    [
        ("2020年发放慰问金49500元，三年共发放慰问金152400元。", 2018),
        ("2018年发放慰问金49500元，三年累计发放慰问金152400元。", 2018),
        ("2020年发放慰问金49500元，共发放慰问金152400元。", 2020),
    ],
)
def test_so_many_years_together_are_a_period_of_their_own(text: str, since: int) -> None:
    first, second = checking.check(text, registry=REGISTRY).claims
    scope = Period(date(2018, 1, 1), date(2020, 12, 31))
    assert verdicts.period_of(first, scope).since == verdicts.period_of(first, scope).until.replace(
        month=1, day=1
    )
    assert verdicts.period_of(second, scope) == Period(date(since, 1, 1), date(2020, 12, 31))


ANNEX = (
    "附件\n数据来源\n1.入户走访：300户\n截至第9号凭证，依据记录2条。\n"
    "日期 单位 事项 数量\n2020年5月1日 办公室 入户走访 1户\n"
)


@pytest.mark.parametrize(
    "annex,claims",
    [
        (ANNEX, ["312户"]),
        (ANNEX.replace(" ", "\n"), ["312户"]),
        (f"{ANNEX}附件2\n入户走访312户。", ["312户", "312户"]),
        ("数据来源\n入户走访300户。", ["312户", "300户"]),
    ],
)
def test_the_records_of_a_source_annex_are_no_claims(annex: str, claims: list[str]) -> None:
    text = f"全市入户走访312户。\n{annex}"
    found = checking.check(text, registry=REGISTRY)
    assert [claim.text for claim in found.claims] == claims
    assert all(text[claim.start : claim.end] == claim.text for claim in found.claims)


@pytest.mark.parametrize(
    "text,codes", [("四是走进结对社区，共建共创。", []), ("四是进结对社区网格共建。", ["P15"])]
)
def test_a_place_behind_going_is_in_order(text: str, codes: list[str]) -> None:
    assert [mark.code for mark in checking.check(text).marks] == codes


@pytest.mark.parametrize(
    "text,expected",
    [
        ("倡议书做成H5，一天的点击量超过2000人次。", ["2000人次 - no_figure"]),
        ("公众号推文的点击量2000人次，转发300人次。", ["2000人次 - no_figure", "300人次 - no_figure"]),
        ("讲座上了网，点击量5200人次。", ["5200人次 views agrees"]),
        ("利用网站直播讲座，网上收看5000人次。", ["5000人次 views differs"]),
    ],
)
def test_what_is_clicked_on_a_page_is_no_view_of_a_lecture(text: str, expected: list[str]) -> None:
    assert told(text) == expected
