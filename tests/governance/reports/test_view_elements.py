"""The editor's section “Elements of the document”."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules.heads import Attachment, Form
from jiangong.ground.shared import clock
from tests.governance.reports.conftest import MakeReport
from tests.governance.reports.test_view_edit import edit, filled, preview

ClientOf = Callable[[str], Client]
NOTICE = {
    "form": "notice",
    "number_code": "高工发",
    "number_year": "2020",
    "number_serial": "4",
    "recipients": "各基层工会：",
    "attachments": "任务表\n名单",
    "attachment_texts": "附件2\n甲\n乙",
    "sealed": "on",
    "cc": "市文明办",
    "signers": "张三、李四",
}


def test_what_was_filled_in_is_kept_and_shown_again(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(), client_of("head")
    assert client.post(edit(report), filled(report, **NOTICE)).status_code == 302
    report.refresh_from_db()
    head = report.head
    assert head.form is Form.NOTICE
    assert str(head.number) == "高工发〔2020〕4号"
    assert head.recipients == "各基层工会"
    assert head.attachments == (Attachment("任务表"), Attachment("名单", "甲\n乙"))
    assert head.sealed
    page = client.get(edit(report)).content.decode()
    for words in ("高工发〔2020〕4号", "各基层工会", "任务表\n名单", "附件2\n甲\n乙", "市文明办"):
        assert words in page


def test_a_form_shows_its_own_fields_and_carries_the_others_along(
    client_of: ClientOf, make_report: MakeReport
) -> None:
    report, client = make_report(), client_of("head")
    client.post(edit(report), filled(report, **NOTICE))
    page = client.get(edit(report)).content.decode()
    assert '<input type="hidden" name="signers" value="张三、李四"' in page
    assert '<label class="form-label" for="id_recipients">' in " ".join(page.split())


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"number_serial": ""}, "number_serial"),
        ({"number_serial": "0"}, "number_serial"),
        ({"attachments": ""}, "attachment_texts"),
        ({"form": "poster"}, "form"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    client_of: ClientOf, make_report: MakeReport, wrong: dict[str, str], field: str
) -> None:
    report = make_report()
    response = client_of("head").post(edit(report), filled(report, **NOTICE | wrong))
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    report.refresh_from_db()
    assert report.version == 1


def test_a_taken_number_is_told_with_the_next(client_of: ClientOf, make_report: MakeReport) -> None:
    first, second, client = make_report(title="第一份"), make_report(), client_of("head")
    client.post(edit(first), filled(first, **NOTICE))
    response = client.post(edit(second), filled(second, **NOTICE))
    assert response.status_code == 409
    assert "第一份" in response.content.decode()


def test_choosing_a_form_brings_its_fields_and_the_next_number(
    client_of: ClientOf, make_report: MakeReport
) -> None:
    first, second, client = make_report(), make_report(), client_of("head")
    client.post(edit(first), filled(first, **NOTICE | {"number_year": str(clock.today().year)}))
    chosen = filled(second, form="letter", elements_of="plain", recipients="市文明办")
    page = client.post(preview(second), chosen).content.decode()
    assert 'id="editor-elements" hx-swap-oob' in page
    assert 'value="5"' in page
    assert 'value="市文明办"' in page
    again = client.post(preview(second), chosen | {"elements_of": "letter"}).content.decode()
    assert "editor-elements" not in again


def test_the_paper_shows_what_stands_around(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(), client_of("head")
    client.post(edit(report), filled(report, organ="高邮市总工会", **NOTICE))
    page = client.get(reverse("reports:report", args=[report.uuid])).content.decode()
    for words in (
        "高邮市总工会文件",
        "高工发〔2020〕4号",
        "各基层工会：",
        "抄送：市文明办。",
        "official-annex-label",
    ):
        assert words in page


def test_what_people_typed_around_the_text_stays_text(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(), client_of("head")
    hostile = "<script>alert(1)</script>"
    typed = NOTICE | {"cc": hostile, "mark": hostile, "attachments": f"{hostile}\n名单"}
    client.post(edit(report), filled(report, **typed))
    assert Report.objects.get(pk=report.pk).head.cc == hostile
    page = client.get(reverse("reports:report", args=[report.uuid])).content.decode()
    assert hostile not in page


def test_the_issue_page_says_what_the_form_still_lacks(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(text="一句。"), client_of("head")
    client.post(edit(report), filled(report, **NOTICE | {"recipients": "", "text": "一句。"}))
    address = reverse("reports:issue", args=[report.uuid])
    page = client.get(address).content.decode()
    assert "还缺少：主送机关" in page
    response = client.post(address, {"dated_on": "2020-05-05", "version": 2, "position": 0})
    assert response.status_code == 422
    assert "还缺少：主送机关" in response.content.decode()
    assert not report.issues.exists()


def test_a_field_says_in_which_forms_it_is_needed(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(), client_of("head")
    page = client.post(preview(report), filled(report, form="minutes", elements_of="plain")).content.decode()
    assert "签发前须填的文种：通知、报告（上行文）、函。" in page
    assert "签发前必填" not in page
    page = client.post(preview(report), filled(report, form="report", elements_of="plain")).content.decode()
    assert "签发前须填的文种：报告（上行文）。" in page
    assert page.count("签发前必填") == 5  # the number's three, signers, recipients


def test_a_remark_and_a_signers_stamp_are_kept_and_shown(
    client_of: ClientOf, make_report: MakeReport
) -> None:
    report, client = make_report(), client_of("head")
    typed = NOTICE | {"remark": "（此件公开发布）", "stamp": "主席", "organ": "高邮市总工会"}
    client.post(edit(report), filled(report, **typed))
    head = Report.objects.get(pk=report.pk).head
    assert (head.remark, head.stamp) == ("此件公开发布", "主席")
    page = client.get(reverse("reports:report", args=[report.uuid])).content.decode()
    assert '<p class="official-remark">（此件公开发布）</p>' in page
    assert '<p class="official-organ">主席</p>' in page


def test_brackets_within_a_remark_stay(client_of: ClientOf, make_report: MakeReport) -> None:
    report, client = make_report(), client_of("head")
    words = "（联系人：王立新）电话：（0514）84612345"
    client.post(edit(report), filled(report, **NOTICE | {"remark": words}))
    assert Report.objects.get(pk=report.pk).head.remark == words
