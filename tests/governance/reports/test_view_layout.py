"""The page that measures a Word file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.heads import Form
from tests.governance.reports.documents import BASE_URL, official
from tests.governance.reports.measuring.test_departures import careless

ClientOf = Callable[[str], Client]
ADDRESS = reverse("reports:layout")


def sent(client: Client, content: bytes, name: str = "通知.docx") -> tuple[int, str]:
    response = client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})
    return response.status_code, response.content.decode()


def test_departures_are_listed_with_their_places(client_of: ClientOf) -> None:
    status, page = sent(client_of("clerk"), careless())
    assert status == 200
    for words in ("通知.docx", "G20", "(一)包卫生", "7.3.3", "天头"):
        assert words in page


def test_a_clean_file_is_said_to_be_so(client_of: ClientOf) -> None:
    status, page = sent(client_of("auditor"), to_docx(official(Form.NOTICE), base_url=BASE_URL))
    assert status == 200
    assert "版式符合国家标准。" in page


@pytest.mark.parametrize("content", [b"text", b"PK\x03\x04broken", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_what_is_no_word_file_is_refused_on_the_page(client_of: ClientOf, content: bytes) -> None:
    status, page = sent(client_of("clerk"), content)
    assert status == 422
    assert 'role="alert"' in page


def test_no_file_and_too_large_a_file_are_refused(client_of: ClientOf) -> None:
    assert client_of("clerk").post(ADDRESS).status_code == 422
    with override_settings(UPLOAD_LIMIT_MB=0):
        status, page = sent(client_of("clerk"), careless())
    assert (status, "超过" in page) == (422, True)


def test_the_file_is_not_kept(client_of: ClientOf) -> None:
    def kept() -> set[Path]:
        return set(Path(project.MEDIA_ROOT).rglob("*"))

    before = kept()
    sent(client_of("clerk"), careless())
    assert kept() == before


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS).status_code == 302


def test_the_list_of_reports_leads_there(client_of: ClientOf) -> None:
    assert ADDRESS in client_of("clerk").get(reverse("reports:reports")).content.decode()


def test_another_method_is_refused(client_of: ClientOf) -> None:
    assert client_of("clerk").put(ADDRESS).status_code == 405
