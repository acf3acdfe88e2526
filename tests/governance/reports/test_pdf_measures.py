"""The PDF measured with a ruler: millimetres on the page against GB/T 9704-2012."""

from __future__ import annotations

from itertools import pairwise

import pytest

from jiangong.governance.reports.rules.blocks import Document, TableBlock, text_paragraph
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.pdf import pages_before_colophon
from tests.governance.reports.documents import official
from tests.governance.reports.standard.paper import MM, Sheet, close, sheets


@pytest.fixture(scope="module")
def full() -> list[Sheet]:
    """Nothing but Han characters, over several pages."""
    body = tuple(text_paragraph("建设文明城市" * 60) for _turn in range(8))
    return sheets(Document(title="题", blocks=body))


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_type_area(full: list[Sheet]) -> None:
    rows = [row for row in full[1].rows if row.size == 16]
    assert len(rows) == 22
    assert close(rows[0].top, 37)
    assert close(rows[-1].bottom, 262)
    whole = [row for row in rows if len(row.text) == 28]
    assert len(whole) > 15
    assert all(close(row.left, 28) and close(row.right, 184) for row in whole)
    pitches = [after.top - before.top for before, after in pairwise(rows)]
    assert all(close(pitch, (225 - 16 * MM) / 21, 0.06) for pitch in pitches)


def test_paragraphs_begin_two_characters_in(full: list[Sheet]) -> None:
    first = [row for row in full[1].rows if row.left > 30 and row.size == 16]
    assert len(first) > 1
    assert all(len(row.text) == 26 and close(row.left, 28 + 2 * 156 / 28) for row in first)


def test_page_numbers_stand_seven_millimetres_below_at_the_outer_side(full: list[Sheet]) -> None:
    for number, sheet in enumerate(full[:4], start=1):
        row = sheet.rows[-1]
        assert row.text == f"— {number} —"
        assert row.size == 14
        assert close((row.top + row.bottom) / 2, 262 + 7)
        edge = 184 - 156 / 28 if number % 2 else 28 + 156 / 28
        assert close(row.right if number % 2 else row.left, edge, 0.3)


def test_the_red_head_has_its_distances() -> None:
    first = sheets(official(Form.NOTICE))[0]
    mark, number, title = first.row("高邮市总工会文件"), first.row("高工发"), first.row("高邮市总工会关于")
    (rule,) = [rule for rule in first.rules if rule.is_red]
    assert close(mark.top, 37 + 35)
    assert close((mark.left + mark.right) / 2, 106, 0.5)
    assert close(number.top - mark.bottom, 2 * 10.44, 0.2)
    assert number.text == "高工发〔2020〕12号"
    assert close(rule.at - number.bottom, 4)
    assert close(rule.left, 28)
    assert close(rule.right, 184)
    assert close(title.top - rule.at, 2 * 10.44, 0.2)
    assert title.size == 22


def test_a_report_has_its_number_and_signers_on_one_row() -> None:
    first = sheets(official(Form.REPORT))[0]
    last = first.row("高工发")
    assert "王小明" in last.text
    assert close(last.left, 28 + 156 / 28)
    assert close(first.row("签发人").right, 184 - 156 / 28, 0.3)
    assert close(first.row("签发人").left_of("张"), last.left_of("王"), 0.3)
    assert "签发人：张建国\u3000李文华" in first.row("签发人").text


def test_a_letter_has_double_rules_and_no_number_on_its_first_page() -> None:
    first, second, *_rest = sheets(official(Form.LETTER, paragraphs=6))
    rules = sorted((rule for rule in first.rules if rule.is_red), key=lambda rule: rule.at)
    assert len(rules) == 4
    assert all(close(rule.left, 20) and close(rule.right, 190) for rule in rules)
    for upper, lower in (rules[:2], rules[2:]):
        between = lower.at - lower.width / 2 - (upper.at + upper.width / 2)
        assert close(between, 0.75 * MM, 0.02)
    assert rules[0].width > rules[1].width
    assert rules[2].width < rules[3].width
    mark = first.row("高邮市总工会")
    assert close(mark.top, 30)
    assert close(rules[0].at - mark.bottom, 4, 0.4)
    assert close(rules[3].at, 277, 0.3)
    assert close(first.row("高工发").right, 184)
    assert "—" not in first.rows[-1].text
    assert second.rows[-1].text == "— 2 —"


@pytest.mark.parametrize("form", [Form.NOTICE, Form.REPORT, Form.MINUTES])
@pytest.mark.parametrize("paragraphs", range(1, 8))
def test_the_colophon_ends_an_even_last_page_on_the_type_areas_edge(form: Form, paragraphs: int) -> None:
    document = official(form, paragraphs=paragraphs, annex_text="")
    made = sheets(document)
    assert len(made) % 2 == 0
    black = sorted((rule for rule in made[-1].rules if not rule.is_red), key=lambda rule: rule.at)
    assert [round(rule.width, 2) for rule in black] == [0.35, 0.25, 0.35]
    assert close(black[-1].at, 262)
    assert all(close(rule.left, 28) and close(rule.right, 184) for rule in black)
    copies, printed = made[-1].row("抄送："), made[-1].row("高邮市总工会办公室")
    assert (copies.size, printed.size) == (14, 14)
    assert copies.text == "抄送：市文明办。"
    assert printed.text.endswith("2020年12月31日印发")
    assert close(printed.right, 184 - 14 * MM, 0.4)


def test_a_blank_page_before_the_colophon_takes_both_numbers_away() -> None:
    """Found by trying lengths: some text ends so low on an even page that the colophon has no room there."""
    long = [official(Form.NOTICE, paragraphs=3, annex_text="条。\n" * lines) for lines in range(15, 41)]
    document = next(one for one in long if pages_before_colophon(one) == 2)
    *_text, blank, last = sheets(document)
    assert blank.rows == []
    assert not any("—" in row.text for row in last.rows)


def test_a_seal_moves_the_date_four_characters_in() -> None:
    pages = sheets(official(Form.NOTICE, annex_text=""))
    rows = [row for sheet in pages for row in sheet.rows]
    date = next(row for row in rows if row.text == "2020年12月31日")
    organ = next(row for row in rows if row.text == "高邮市总工会")
    assert close(date.right, 184 - 4 * 156 / 28, 0.3)
    assert close((date.left + date.right) / 2, (organ.left + organ.right) / 2, 3)


def test_the_signature_never_stands_on_a_page_without_text() -> None:
    for paragraphs in range(1, 12):
        for sheet in sheets(official(Form.LETTER, paragraphs=paragraphs, annex_text="", copies="")):
            words = [row.text for row in sheet.rows]
            if "2020年12月31日" in words:
                assert any(text.startswith("明确") or "责任" in text for text in words), paragraphs


def test_an_annex_has_its_mark_on_the_first_and_its_title_on_the_third_line() -> None:
    page = next(sheet for sheet in sheets(official(Form.NOTICE)) if sheet.rows[0].text == "附件1")
    assert close(page.rows[0].top, 37)
    assert close(page.rows[0].left, 28, 0.4)
    assert page.rows[1].text == "创建工作任务分解表"
    assert close(page.rows[1].top, 37 + 2 * 10.44, 0.2)


def test_minutes_name_who_was_there() -> None:
    text = [row.text for sheet in sheets(official(Form.MINUTES)) for row in sheet.rows]
    assert "高邮市总工会会议纪要" in text
    for word in ("出席：", "请假：", "列席："):
        assert any(row.startswith(word) for row in text)


def test_a_subtitle_stands_in_the_middle_under_its_title() -> None:
    document = Document(
        title="团结广大职工建功立业", subtitle="立足自身职能 用心用情用力", blocks=(text_paragraph("正文。"),)
    )
    page = sheets(document)[0]
    title, subtitle = page.row("团结"), page.row("立足")
    middle = 28 + 156 / 2
    assert close((title.left + title.right) / 2, middle, within=1)
    assert close((subtitle.left + subtitle.right) / 2, middle, within=1)
    assert subtitle.top > title.bottom


def test_no_row_of_a_table_is_cut_by_a_page() -> None:
    rows = tuple((f"始{'工会' * 30}末", str(place)) for place in range(60))
    document = Document(title="题", blocks=(TableBlock(("单位", "数量"), rows, (60, 40)),))
    made = sheets(document)
    assert len(made) > 3
    for sheet in made:
        words = "".join(row.text for row in sheet.rows)
        assert words.count("始") == words.count("末")
