"""An issue: its page, its files, what changed since, and taking it back."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import quote

import docx
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jiangong.governance.reports.models import Issue, Report, Withdrawal
from tests.conftest import MakeRecord
from tests.governance.reports.conftest import MakeIssue, MakeReport

ClientOf = Callable[[str], Client]
NAMES = ("issued", "changes")


@pytest.fixture
def report(make_record: MakeRecord, make_report: MakeReport, make_issue: MakeIssue) -> Report:
    """Issued once, with 80 in the audience."""
    make_record(audience=80)
    made = make_report()
    make_issue(made)
    return made


def address(name: str, report: Report, *more: object) -> str:
    return reverse(f"reports:{name}", args=[report.uuid, 1, *more])


def test_every_number_of_an_issue_links_to_its_trail(report: Report, client_of: ClientOf) -> None:
    client = client_of("clerk")
    page = client.get(address("issued", report)).content.decode()
    link = reverse("desk:figure", args=["activities.audience"]) + "?unit="
    assert "80人次</a>" in page
    assert link in page
    href = page[page.index(link) : page.index('"', page.index(link))].replace("&amp;", "&")
    trail = client.get(href)
    assert trail.status_code == 200
    assert "职工大讲堂：劳模精神" in trail.content.decode()


def test_the_page_shows_what_changed_since(
    report: Report, client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(audience=45)
    client = client_of("head")
    assert "+45" in client.get(address("issued", report)).content.decode()
    page = client.get(address("changes", report)).content.decode()
    assert "+45" in page
    assert reverse("desk:record", args=[record.pk]) in page
    assert "80人次</a>" in client.get(address("issued", report)).content.decode()


def test_word_pdf_and_html_come_from_the_frozen_document(
    report: Report, client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(audience=45)
    client = client_of("clerk")
    word = client.get(address("download", report, "docx"))
    pdf = client.get(address("download", report, "pdf"))
    html = client.get(address("download", report, "html"))
    text = "".join(
        node.text or ""
        for node in docx.Document(io.BytesIO(word.content)).element.body.iter()
        if node.tag.endswith("}t")
    )
    assert "80人次" in text
    assert pdf.content.startswith(b"%PDF-")
    assert "80人次</a>" in html.content.decode()
    assert "filename*=utf-8''%E5%A4%A7" in word.headers["Content-Disposition"]
    assert client.get(address("download", report, "docx")).content == word.content


def test_a_file_is_made_once(report: Report, client_of: ClientOf) -> None:
    issue = Issue.objects.get()
    client_of("head").get(address("download", report, "html"))
    _folders, files = default_storage.listdir(f"renditions/reports/{issue.digest[:2]}")
    assert len(files) == 1
    assert files[0].startswith(issue.digest)


@pytest.mark.parametrize("form", ["exe", "DOCX", "html.docx"])
def test_an_unknown_form_is_not_found(form: str, report: Report, client_of: ClientOf) -> None:
    assert client_of("head").get(address("download", report, form)).status_code == 404


def test_an_issue_that_is_not_there_is_not_found(report: Report, client_of: ClientOf) -> None:
    for name in NAMES:
        assert client_of("head").get(reverse(f"reports:{name}", args=[report.uuid, 2])).status_code == 404


@pytest.mark.parametrize(
    "name,status", [("clerk", 200), ("auditor", 200), ("stranger", 404), ("visitor", 302)]
)
def test_an_issue_is_read_within_the_scope(
    name: str, status: int, report: Report, client_of: ClientOf
) -> None:
    client = client_of(name)
    for page in NAMES:
        assert client.get(address(page, report)).status_code == status
    assert client.get(address("download", report, "html")).status_code == status


def test_only_get_is_answered(report: Report, client_of: ClientOf) -> None:
    for page in NAMES:
        assert client_of("head").post(address(page, report)).status_code == 405
    assert client_of("head").post(address("download", report, "pdf")).status_code == 405


def test_withdrawing_marks_the_issue(report: Report, client_of: ClientOf) -> None:
    client = client_of("head")
    client.post(address("withdraw", report), {"reason": "数据有误"})
    assert Withdrawal.objects.get().reason == "数据有误"
    assert "数据有误" in client.get(address("issued", report)).content.decode()


def test_files_of_a_withdrawn_issue_say_so(report: Report, client_of: ClientOf) -> None:
    client = client_of("head")
    before = client.get(address("download", report, "docx"))
    client.post(address("withdraw", report), {"reason": "数据有误"})
    on = timezone.localtime(Withdrawal.objects.get().withdrawn_at)
    mark = f"【已撤回】本稿已于{on.year}年{on.month}月{on.day}日撤回"
    after = client.get(address("download", report, "docx"))
    assert mark not in _words(before.content)
    assert mark in _words(after.content)
    assert quote("【已撤回】") in after.headers["Content-Disposition"]
    assert mark in client.get(address("download", report, "html")).content.decode()


def _words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_withdrawing_without_a_reason_does_nothing(report: Report, client_of: ClientOf) -> None:
    response = client_of("head").post(address("withdraw", report), {"reason": " "}, follow=True)
    assert response.status_code == 200
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    "name,status", [("clerk", 403), ("auditor", 403), ("stranger", 404), ("visitor", 302)]
)
def test_withdrawing_needs_the_right(name: str, status: int, report: Report, client_of: ClientOf) -> None:
    assert client_of(name).post(address("withdraw", report), {"reason": "x"}).status_code == status
    assert client_of("head").get(address("withdraw", report)).status_code == 405
    assert not Withdrawal.objects.exists()
