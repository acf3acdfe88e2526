"""The page on which a text is pasted or sent."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from jiangong.governance.reports.models import CheckedText
from tests.conftest import MakeRecord, World
from tests.governance.reports.text_checks import TEXT

ClientOf = Callable[[str], Client]
ADDRESS = reverse("reports:text_check")
WHEN = f"{ADDRESS}?since=2020-01-01&until=2020-12-31"


def word_file() -> bytes:
    document, target = Document(), io.BytesIO()
    document.add_paragraph("大讲堂受众80人次。")
    document.save(target)
    return target.getvalue()


def test_what_is_pasted_is_checked_and_shown(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80)
    response = client_of("clerk").post(WHEN, {"text": TEXT}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("与台账一致", "80人次", "仅您本人可见，一天后删除"):
        assert words in page


def test_a_file_is_read_by_what_it_is(client_of: ClientOf) -> None:
    file = SimpleUploadedFile("随便.txt", word_file())
    response = client_of("clerk").post(WHEN, {"text": "", "file": file}, follow=True)
    assert "大讲堂受众" in response.content.decode()


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff", b"PK\x03\x04broken", b"%PDF-1.4 broken", b" "])
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(client_of: ClientOf, content: bytes) -> None:
    response = client_of("clerk").post(WHEN, {"text": "", "file": SimpleUploadedFile("a.txt", content)})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_nothing_that_was_pasted_is_lost(client_of: ClientOf) -> None:
    file = SimpleUploadedFile("a.txt", "别的。".encode())
    response = client_of("clerk").post(WHEN, {"text": TEXT, "file": file})
    assert response.status_code == 422
    assert "黄小明" in response.content.decode()
    assert not CheckedText.objects.exists()


def test_an_empty_form_and_a_text_that_is_too_long_are_refused(client_of: ClientOf) -> None:
    assert client_of("clerk").post(WHEN, {"text": ""}).status_code == 422
    response = client_of("clerk").post(WHEN, {"text": "长" * 400_001})
    assert (response.status_code, "400001" in response.content.decode()) == (422, True)


def test_colleagues_and_those_who_only_read_may_check(client_of: ClientOf) -> None:
    for name in ("reviewer", "auditor", "stranger"):
        assert client_of(name).post(WHEN, {"text": TEXT}).status_code == 302


def test_a_unit_outside_ones_scope_does_not_exist(client_of: ClientOf, world: World) -> None:
    assert client_of("stranger").post(f"{ADDRESS}?unit={world.union.pk}", {"text": TEXT}).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(client_of: ClientOf) -> None:
    assert client_of("visitor").post(ADDRESS, {"text": TEXT}).status_code == 302
    assert not CheckedText.objects.exists()


def test_another_method_is_refused_and_the_list_of_reports_leads_there(client_of: ClientOf) -> None:
    assert client_of("clerk").put(ADDRESS).status_code == 405
    assert ADDRESS in client_of("clerk").get(reverse("reports:reports")).content.decode()


def test_a_number_without_end_is_told_and_breaks_nothing(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    make_record(audience=80)
    response = client_of("clerk").post(WHEN, {"text": "共" + "9" * 20_000 + "人"}, follow=True)
    assert response.status_code == 200
    assert "999999…999999" in response.content.decode()
    checked = CheckedText.objects.get()
    draft = client_of("clerk").post(reverse("reports:draft_checked", args=[checked.uuid]), follow=True)
    assert draft.status_code == 200


def test_a_program_that_is_called_a_document_is_refused(client_of: ClientOf) -> None:
    file = SimpleUploadedFile("通知.docx", b"MZ program")
    assert client_of("clerk").post(WHEN, {"text": "", "file": file}).status_code == 422
