"""What stands around a text goes through versions, sign-off, templates, publishing and re-issue as the text does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from jiangong.governance.reports import operations, queries
from jiangong.governance.reports.models import Issue, Report, ReportState, Version
from jiangong.governance.reports.queries.versions import ComparePage
from jiangong.governance.reports.rules.drafts import ReportContent
from jiangong.governance.reports.rules.heads import Attachment, DocumentNumber, Form, Head
from jiangong.governance.reports.rules.measuring import measured
from jiangong.ground.organization.models import Person
from tests.governance.reports.conftest import DATED, PERIOD, TEXT, Desk

NOTICE = Head(
    form=Form.NOTICE,
    number=DocumentNumber("高工发", 2020, 12),
    recipients="各基层工会",
    attachments=(Attachment("名单"), Attachment("表格（样式）", "单位名称：\n")),
    sealed=True,
    cc="市文明办",
    printed_by="高邮市总工会办公室",
)


def write(desk: Desk, head: Head, *, text: str = TEXT, by: str = "clerk", minutes: int = 60) -> Report:
    since, until = PERIOD
    report = desk.now()
    content = ReportContent(
        title=report.title, since=since, until=until, text=text, organ="高邮市总工会", head=head
    )
    return operations.change_report(
        actor=desk.cast[by],
        uuid=report.uuid,
        version=report.version,
        unit_id=report.unit_id,
        content=content,
        at=desk.later(minutes=minutes),
    )


def compared(desk: Desk, before: str, after: str) -> ComparePage:
    return queries.compare_page(actor=desk.cast["head"], uuid=desk.report.uuid, before=before, after=after)


def test_a_changed_element_is_a_version_and_an_unchanged_one_is_none(desk: Desk) -> None:
    write(desk, NOTICE)
    write(desk, NOTICE)
    assert Version.objects.filter(report=desk.report).values_list("number", flat=True).last() == 2
    write(desk, replace(NOTICE, cc="市城管局"))
    assert Version.objects.filter(report=desk.report).count() == 3


def test_two_versions_differ_element_by_element_in_words(desk: Desk) -> None:
    write(desk, NOTICE)
    write(desk, replace(NOTICE, sealed=False, number=DocumentNumber("高工发", 2020, 13), attachments=()))
    lines = {line.label: (line.before, line.after) for line in compared(desk, "v2", "v3").around}
    assert lines == {
        "发文字号": ("高工发〔2020〕12号", "高工发〔2020〕13号"),
        "附件": ("名单；表格（样式）", ""),
        "附件正文": ("附件2：单位名称：", ""),
        "加盖印章": ("是", "否"),
    }


def test_an_element_that_the_form_does_not_ask_for_is_no_difference(desk: Desk) -> None:
    write(desk, replace(NOTICE, form=Form.LETTER))
    write(desk, replace(NOTICE, form=Form.LETTER, printed_by="别处"))
    assert compared(desk, "v2", "v3").is_same


def test_an_issue_says_what_its_last_version_says(desk: Desk) -> None:
    write(desk, NOTICE)
    desk.issue()
    assert compared(desk, "v2", "i1").is_same


def test_an_old_version_brings_its_elements_back(desk: Desk) -> None:
    write(desk, NOTICE)
    write(desk, replace(NOTICE, form=Form.PLAIN, number=None))
    operations.take_up_version(
        actor=desk.cast["clerk"],
        uuid=desk.report.uuid,
        version=desk.now().version,
        number=2,
        at=desk.later(),
    )
    assert desk.now().head == NOTICE


@pytest.mark.parametrize(
    "change",
    [
        {"cc": "市城管局"},
        {"sealed": False},
        {"number": DocumentNumber("高工发", 2020, 13)},
        {"attachments": (Attachment("名单"),)},
        {"printed_on": date(2020, 5, 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_element_voids_the_check(desk: Desk, change: dict[str, object]) -> None:
    write(desk, NOTICE)
    desk.send()
    assert desk.check().state == ReportState.SIGNING
    assert write(desk, replace(NOTICE, **change)).state == ReportState.DRAFT  # type: ignore[arg-type]


def test_the_same_elements_keep_the_check(desk: Desk) -> None:
    write(desk, NOTICE)
    desk.send()
    desk.check()
    assert write(desk, NOTICE).state == ReportState.SIGNING


def test_a_copy_has_the_elements_but_not_the_number(desk: Desk) -> None:
    write(desk, NOTICE)
    copy = operations.copy_report(
        actor=desk.cast["clerk"],
        uuid=desk.report.uuid,
        new_uuid=desk.report.uuid.__class__(int=7),
        at=desk.later(),
    )
    assert copy.head == replace(NOTICE, number=None)


def test_a_template_names_the_form_of_its_texts(desk: Desk) -> None:
    write(desk, NOTICE)
    template = operations.make_template(
        actor=desk.cast["head"], uuid=desk.report.uuid, name="通知", guidance="", at=desk.later()
    )
    assert template.form == "notice"


def test_who_was_present_is_asked_before_minutes_are_public(desk: Desk) -> None:
    name = Person.objects.order_by("name").first()
    assert name is not None
    write(desk, Head(form=Form.MINUTES, present=f"{name.name}　别人"))
    issue = desk.issue()
    with pytest.raises(operations.NamesUnagreed) as refusal:
        desk.publish(issue.number)
    assert name.name in str(refusal.value)


def test_a_reissue_names_the_elements_that_changed(desk: Desk) -> None:
    write(desk, NOTICE)
    desk.issue()
    desk.withdraw(1)
    write(desk, replace(NOTICE, recipients="各县（市、区）总工会"))
    again = desk.issue()
    page = queries.issue_page(actor=desk.cast["head"], uuid=desk.report.uuid, number=again.number)
    assert page.reissue is not None
    assert page.reissue.correction.elements == ("主送机关",)
    assert page.reissue.correction.paragraphs == 0


def test_the_public_page_shows_the_document_as_issued(desk: Desk) -> None:
    write(desk, NOTICE)
    desk.publish(desk.issue().number)
    paper = queries.published_page(uuid=desk.report.uuid, number=1).paper
    for words in ("高邮市总工会文件", "高工发〔2020〕12号", "各基层工会：", "抄送：市文明办。"):
        assert words in paper


@pytest.mark.parametrize("form", list(Form))
def test_the_trail_is_the_last_annex_of_every_form(desk: Desk, form: Form) -> None:
    write(desk, replace(NOTICE, form=form, signers=("甲某某",)))
    issue = desk.issue(with_trail=True)
    page = queries.issue_page(actor=desk.cast["head"], uuid=desk.report.uuid, number=issue.number)
    assert "附件3" in page.paper
    found = measured(BytesIO(queries.render(issue=issue, form="docx")))
    assert [departure.as_json() for departure in found.departures] == []


def test_what_was_signed_is_frozen_with_its_elements(desk: Desk) -> None:
    write(desk, NOTICE)
    desk.issue()
    document = Issue.objects.get(report=desk.report).document
    kept = Head.from_json(document["head"])
    assert kept == replace(NOTICE, mark="高邮市总工会文件", printed_on=DATED)
