from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiangong.governance.reports.rules import heads
from jiangong.governance.reports.rules.heads import ASKED, NO_HEAD, Attachment, DocumentNumber, Form, Head

FULL = Head(
    form=Form.REPORT,
    mark="高邮市总工会文件",
    number=DocumentNumber("高工发", 2020, 12),
    signers=("张建国",),
    recipients="市委",
    attachments=(Attachment("名单", "甲\n乙"),),
    sealed=True,
    stamp="主席",
    remark="此件公开发布",
    present="甲",
    cc="市文明办",
    printed_by="办公室",
    printed_on=date(2020, 1, 2),
)


def test_a_document_number_is_written_as_the_standard_asks() -> None:
    assert str(DocumentNumber("高工发", 2020, 1)) == "高工发〔2020〕1号"
    assert heads.NUMBER.fullmatch("高工发〔2020〕1号")


@pytest.mark.parametrize(
    "text",
    ["高工发[2020]1号", "高工发〔2020〕第1号", "高工发〔2020〕01号", "高工发〔20〕1号", "高工发〔2020〕1"],
)
def test_other_forms_are_none(text: str) -> None:
    assert heads.NUMBER.fullmatch(text) is None


def test_a_head_is_the_same_after_it_was_kept_as_json() -> None:
    assert Head.from_json(FULL.as_json()) == FULL
    assert Head.from_json({}) == NO_HEAD


def test_a_form_prints_what_it_asks_for_and_no_more() -> None:
    letter = heads.fitted(
        Head(form=Form.LETTER, signers=("甲",), present="乙", printed_by="丙"),
        organ="丁",
        dated_on=date(2020, 1, 1),
    )
    assert (letter.signers, letter.present, letter.printed_by, letter.mark) == ((), "", "", "丁")
    plain = heads.fitted(FULL, organ="丁", dated_on=date(2020, 1, 1))
    assert plain.present == ""
    assert plain.signers == ("张建国",)


@pytest.mark.parametrize(
    "form, mark",
    [
        (Form.NOTICE, "市总工会文件"),
        (Form.LETTER, "市总工会"),
        (Form.MINUTES, "市总工会会议纪要"),
        (Form.PLAIN, ""),
    ],
)
def test_the_mark_is_proposed_from_the_organ(form: Form, mark: str) -> None:
    assert heads.proposed_mark(form, organ="市总工会") == mark


def test_the_day_of_printing_is_the_documents_own_unless_given() -> None:
    head = Head(form=Form.NOTICE, printed_by="办公室")
    assert heads.fitted(head, organ="甲", dated_on=date(2020, 5, 4)).printed_on == date(2020, 5, 4)


def test_annexes_are_named_line_by_line_and_their_texts_stand_under_their_marks() -> None:
    found = heads.attachments(listed="任务分解表\n名单\n", texts="附件2\n甲\n乙\n附件1\n任务")
    assert found == (Attachment("任务分解表", "任务"), Attachment("名单", "甲\n乙"))
    assert heads.attachments(listed="名单", texts="附件\n甲") == (Attachment("名单", "甲"),)


def test_a_text_without_a_name_is_noticed() -> None:
    assert heads.stray_texts(listed="名单", texts="附件2\n甲")
    assert heads.stray_texts(listed="名单", texts="没有标记的文字")
    assert not heads.stray_texts(listed="名单", texts="附件1\n甲")


@given(st.lists(st.tuples(st.text("甲乙丙丁", min_size=1), st.text("甲乙。\n")), min_size=1, max_size=8))
def test_what_was_typed_of_annexes_comes_back(typed: list[tuple[str, str]]) -> None:
    kept = tuple(
        Attachment(name, "\n".join(line for line in text.splitlines() if line)) for name, text in typed
    )
    listed, texts = heads.listed(kept)
    assert heads.attachments(listed=listed, texts=texts) == kept


def test_every_form_is_told_what_it_asks_for() -> None:
    known = set(Head.__slots__)
    for form in Form:
        assert set(heads.asks(form)) <= known
        assert set(heads.REQUIRED[form]) <= set(heads.asks(form))
    assert "signers" in ASKED[Form.REPORT]
    assert "signers" not in ASKED[Form.NOTICE]


def test_a_document_is_numbered_in_the_year_that_it_is_dated_in() -> None:
    assert heads.year_of_number(FULL, on=date(2020, 12, 31)) == []
    (found,) = heads.year_of_number(FULL, on=date(2021, 1, 5))
    assert (found.code, found.compared) == ("P16", ("2020", "2021"))
    assert heads.year_of_number(NO_HEAD, on=date(2021, 1, 5)) == []


def test_a_draft_is_numbered_in_the_year_of_its_figures_or_the_next_whatever_today_is() -> None:
    today = date(2026, 3, 1)
    for until in (date(2020, 12, 31), date(2019, 12, 31)):
        assert heads.year_of_number(FULL, on=today, until=until) == []
    (found,) = heads.year_of_number(FULL, on=today, until=date(2018, 12, 31))
    assert (found.code, found.compared) == ("P16", ("2020", "2018"))
    assert heads.year_of_number(FULL, on=date(2020, 6, 1), until=date(2018, 12, 31)) == []
