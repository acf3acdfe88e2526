"""A document without what it must have is no clean document."""

from __future__ import annotations

from functools import partial

from docx.document import Document as Word
from docx.oxml.ns import qn

from jiangong.governance.reports.rules.elements import Element
from jiangong.governance.reports.rules.heads import Form
from tests.governance.reports.measuring.test_departures import changed, paragraph


def removed(word: Word, *starts: str) -> None:
    for start in starts:
        one = paragraph(word, start)._p
        one.getparent().remove(one)


def last_removed(words: str, word: Word) -> None:
    one = [found for found in word.paragraphs if found.text.strip() == words][-1]._p
    one.getparent().remove(one)


def missing(*starts: str, form: Form = Form.NOTICE) -> set[tuple[str, Element | None]]:
    found = changed(lambda word: removed(word, *starts), form)
    return {(one.code, one.place.element) for one in found if one.code == "G36"}


def test_a_number_without_the_organs_mark() -> None:
    assert missing("高邮市总工会文件") == {("G36", Element.NUMBER)}


def test_a_document_that_nobody_signs_or_dates() -> None:
    for start, wanted in (("2020年12月31日", "成文日期"), ("高邮市总工会", "发文机关署名")):
        found = changed(partial(last_removed, start))
        (told,) = [one.wanted for one in found if one.code == "G36"]
        assert wanted in told


def test_what_has_no_number_may_be_without_them() -> None:
    assert missing() == set()
    assert missing(form=Form.MINUTES) == set()
    assert missing(form=Form.PLAIN) == set()


def test_a_file_that_sets_no_page() -> None:
    def pageless(word: Word) -> None:
        body = word.element.body
        for one in list(body.iter(qn("w:sectPr"))):
            one.getparent().remove(one)

    assert ("G01", "未设置") in {(one.code, one.found) for one in changed(pageless)}
