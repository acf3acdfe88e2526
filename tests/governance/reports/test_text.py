from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules.text import MOST_REMARKS, Parsed, Remark, Words, parse, quote
from jiangong.governance.reports.rules.tokens import Token
from jiangong.governance.reports.rules.wording import Style
from jiangong.ground.shared.rules.periods import Period


def only_token(text: str) -> Token:
    (token,) = parse(text).tokens
    return token


def only_remark(text: str) -> Remark:
    (remark,) = parse(text).remarks
    return remark


def plain(parsed: Parsed) -> list[tuple[int, str]]:
    return [
        (line.level, "".join(piece.text for piece in line.pieces if isinstance(piece, Words)))
        for line in parsed.lines
    ]


def test_every_line_is_a_heading_or_a_paragraph() -> None:
    parsed = parse("近几年来。\n\n# 加强领导\n## 机制\n### 例会\n＃ 全角\n   \n#没有空格")
    assert plain(parsed) == [
        (0, "近几年来。"),
        (1, "加强领导"),
        (2, "机制"),
        (3, "例会"),
        (1, "全角"),
        (0, "#没有空格"),
    ]


def test_a_bare_token_takes_the_period_and_unit_of_the_report() -> None:
    token = only_token("受众{{ activities.audience@lecture }}。")
    assert (token.key, token.style, token.period, token.unit, token.bare) == (
        "activities.audience@lecture",
        Style.EXACT,
        None,
        "",
        False,
    )


@pytest.mark.parametrize(
    "option,style",
    [
        ("exact", Style.EXACT),
        ("floor", Style.FLOOR),
        ("yu", Style.FLOOR_YU),
        ("wan", Style.WAN),
        ("wan-floor", Style.FLOOR),
        ("WAN-YU", Style.FLOOR_YU),
    ],
)
def test_a_token_says_how_it_is_printed(option: str, style: Style) -> None:
    assert only_token(f"{{{{a.b|{option}}}}}").style is style


def test_a_token_can_have_its_own_year_days_and_unit() -> None:
    assert only_token("{{a.b|2019}}").period == Period(date(2019, 1, 1), date(2019, 12, 31))
    days = only_token("{{a.b|2018-01-01..2018-06-30|unit=YM|bare}}")
    assert (days.period, days.unit, days.bare) == (
        Period(date(2018, 1, 1), date(2018, 6, 30)),
        "YM",
        True,
    )


@pytest.mark.parametrize(
    "chinese,english",
    [
        ("原数", "exact"),
        ("多", "floor"),
        ("余", "yu"),
        ("整十", "tens"),
        ("万", "wan"),
        ("不带单位", "bare"),
        ("2019年", "2019"),
        ("2018—2020年", "2018-01-01..2020-12-31"),
        ("2018年1月1日至6月3日", "2018-01-01..2018-06-03"),
        ("2020年第二季度", "2020-04-01..2020-06-30"),
        ("单位=御码社区", "unit=御码社区"),
    ],
)
def test_chinese_words_say_the_same_as_the_stored_ones(chinese: str, english: str) -> None:
    spoken, stored = only_token(f"{{{{发放书籍|{chinese}}}}}"), only_token(f"{{{{发放书籍|{english}}}}}")
    assert (spoken.style, spoken.bare, spoken.period, spoken.unit) == (
        stored.style,
        stored.bare,
        stored.period,
        stored.unit,
    )


def test_full_width_marks_of_a_chinese_keyboard_are_read() -> None:
    token = only_token("｛｛activities.books＠YM｜floor｜unit＝GD｝｝")
    assert (token.key, token.style, token.unit) == ("activities.books@YM", Style.FLOOR, "GD")


@pytest.mark.parametrize(
    "text",
    [
        "{{}}",
        "{{ }}",
        "{{@YM}}",
        "{{a.@YM}}",
        "{{a.b|big}}",
        "{{a.b|floor|wan}}",
        "{{a.b|2019|2018}}",
        "{{a.b|unit=}}",
        "{{a.b|2019-02-30..2019-03-01}}",
        "{{a.b|2019-03-02..2019-03-01}}",
        "{{a.b|1919-03-02}}",
        "{{a.b",
        "a.b}}",
    ],
)
def test_what_cannot_be_read_has_to_be_mended(text: str) -> None:
    remark = only_remark(f"受众{text}。")
    assert (remark.is_error, remark.must_mend) == (True, True)
    assert parse(text).tokens == ()


def test_a_remark_points_at_its_place() -> None:
    text = "第一行。\n受众{{a.b|big}}，好。"
    remark = only_remark(text)
    assert (remark.place.line, text[remark.place.start : remark.place.end]) == (2, "{{a.b|big}}")
    assert remark.quote == "受众{{a.b|big}}，好"


def test_a_quote_shows_other_figures_as_dots_and_is_cut() -> None:
    text = "**一是**建立{{a.b}}个，" + "很长" * 40 + "{{c.d|big}}。"
    remark = only_remark(text)
    assert remark.quote.endswith("很长{{c.d|big}}")
    assert len(remark.quote) < 40
    assert quote(
        "建立{{a.b}}个，受众{{c.d|x}}", only_remark("建立{{a.b}}个，受众{{c.d|x}}").place
    ).startswith("建立…个")


def test_bold_words_come_in_pairs() -> None:
    (line,) = parse("**一是{{a.b}}好。**然后**").lines
    assert line.pieces[0] == Words("一是", bold=True)
    assert isinstance(line.pieces[1], Token)
    assert line.pieces[1].bold
    assert line.pieces[2:] == (Words("好。", bold=True), Words("然后**"))


@pytest.mark.parametrize(
    "number",
    [
        "2000多册",
        "137场",
        "15万多元",
        "300余名",
        "1,234人次",
        "６个",
        "12 户",
        "98.5%",
        "1.2万人次",
        "3小时",
    ],
)
def test_a_typed_number_is_unverified(number: str) -> None:
    remark = only_remark(f"累计{number}，")
    assert (remark.finding.code, remark.is_error, remark.must_mend) == ("P11", False, False)
    assert number in remark.finding.text


@pytest.mark.parametrize("number", ["10000万多人", "10000 万", "3万万元", "1６人", "105%", "２００％"])
def test_a_malformed_number_is_an_error(number: str) -> None:
    (remark,) = parse(f"累计{number}，").remarks
    assert (remark.finding.code, remark.is_error, remark.must_mend) == ("P3", True, False)


@pytest.mark.parametrize(
    "words,code",
    [("点击率超过2000人", "P4"), ("建档职工191人次", "P5"), ("于2月30日", "P16"), ("三百余名", "P11")],
)
def test_other_checks_of_texts_are_remarks_at_their_place(words: str, code: str) -> None:
    text = f"第一行。\n共{{{{a.b}}}}，{words}，"
    remark = next(remark for remark in parse(text).remarks if remark.finding.code == code)
    assert remark.place.line == 2
    assert text[remark.place.start : remark.place.end] in words


@pytest.mark.parametrize("words", ["增长120%", "完成100%", "比上年提高了150%"])
def test_what_grew_may_have_grown_by_more_than_all(words: str) -> None:
    assert {remark.finding.code for remark in parse(f"活动{words}。").remarks} <= {"P11"}


@pytest.mark.parametrize(
    "words",
    [
        "2018年以来",
        "5月1日",
        "第3次会议",
        "第 12 场",
        "3个月内",
        "5个工作日",
        "“1+N”系列",
        "12351热线",
        "扬文明办〔2016〕23号",
        "H5页面",
        "五个一",
        "首届十大秦邮工匠",
        "GB/T 9704",
    ],
)
def test_dates_ordinals_and_names_are_no_figures(words: str) -> None:
    assert parse(f"开展{words}。").remarks == ()


def test_a_picked_number_is_not_a_typed_one() -> None:
    assert parse("建立{{activities.venues@hall|2019}}个，{{a.b|floor|bare}}次。").remarks == ()


@given(st.text(alphabet="{}｛｝|@#* \n受众2019册a.b-_=", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    parsed = parse(text)
    for token in parsed.tokens:
        assert text[token.place.start : token.place.end].startswith(("{{", "｛｛", "{｛", "｛{"))
    for remark in parsed.remarks:
        assert 0 <= remark.place.start < remark.place.end <= len(text)
        assert text.count("\n", 0, remark.place.start) + 1 == remark.place.line


def test_a_long_row_of_numerals_is_read_at_once() -> None:
    found = parse("1" + "万" * 50_000 + "人")
    assert found.lines


@pytest.mark.parametrize("days", ["1900", "1900-01-01..1900-12-31", "2000-01-01..2199-12-31"])
def test_a_token_has_a_period_that_its_link_can_open(days: str) -> None:
    found = parse("{{activities.audience|" + days + "}}人次")
    assert [remark.must_mend for remark in found.remarks if not found.tokens] == [True]


def test_of_very_many_remarks_two_hundred_are_listed_and_the_rest_counted() -> None:
    remarks = parse("{{" * 300).remarks
    assert len(remarks) == MOST_REMARKS + 1
    assert remarks[-1].finding.compared[0] == "100"
    assert remarks[-1].must_mend
