"""Requests that end before a view, or outside of one, are answered with a sentence as well."""

from __future__ import annotations

import errno

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import OperationalError
from django.test import Client

from jiangong.ground.organization.sessions import SessionStore
from tests.conftest import World

PAGE = "/sign-in/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    """As in life: forms are read while their token is looked for, and a fault is answered."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get(PAGE)
    return client


def text_of(answer: object, status: int) -> str:
    assert getattr(answer, "status_code") == status  # noqa: B009
    text = bytes(getattr(answer, "content")).decode()  # noqa: B009
    assert 'class="refusal-text"' in text
    return text


def files(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, b"x") for name in names]


@pytest.mark.parametrize(
    "form,chinese,english",
    [
        ({"photos": files(*"abcdefghijklmnopqrstu")}, "一次最多上传 20 个文件", "At most 20 files"),
        ({"title": "长" * 2_000_000}, "超过 5 MB", "more than 5 MB"),
        ({f"field{number}": "" for number in range(1001)}, "超过 1000 项", "more than 1000 fields"),
    ],
    ids=["files", "size", "fields"],
)
def test_a_form_that_is_not_taken_says_why(
    browser: Client, form: dict[str, object], chinese: str, english: str
) -> None:
    assert chinese in text_of(browser.post(PAGE, form), 400)
    assert english in text_of(browser.post(PAGE, form, headers={"accept-language": "en"}), 400)


def test_a_file_with_an_endless_name_is_said_to_have_one(browser: Client) -> None:
    """Django's own files shorten their name, so the form is written by hand."""
    head = f'Content-Disposition: form-data; name="photos"; filename="{"名" * 3000}.jpg"'
    body = f"--x\r\n{head}\r\n\r\nx\r\n--x--\r\n".encode()
    text = text_of(browser.post(PAGE, body, content_type="multipart/form-data; boundary=x"), 400)
    assert "文件名过长" in text


def test_a_name_that_is_not_ours_is_not_used(browser: Client) -> None:
    text = text_of(browser.get("/", headers={"host": "evil.example"}), 400)
    assert "JIANGONG_HOSTS" in text
    assert "evil.example" not in text


@pytest.mark.parametrize("address", ["/records/%00/", "/sign-in/?next=%00", "/nothing%00", "/?words=a%00b"])
def test_a_nul_in_the_address_is_refused_before_any_view(browser: Client, address: str) -> None:
    assert "网址中" in text_of(browser.get(address), 400)


def test_a_percent_sign_that_is_meant_is_no_nul(browser: Client) -> None:
    assert browser.get("/sign-in/?next=%2500").status_code == 200


def test_a_page_before_that_cannot_be_read_is_none(browser: Client) -> None:
    assert browser.get("/", headers={"referer": "http://[::1"}).status_code == 302


def test_a_full_disk_while_a_form_is_read_is_said(
    browser: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", full)
    assert "磁盘" in text_of(browser.post(PAGE, {"photos": files("a")}), 507)


def test_a_database_that_is_down_before_the_view_is_said(
    browser: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_store: SessionStore) -> None:
        raise OperationalError("connection to server failed: Connection refused")

    monkeypatch.setattr(SessionStore, "load", down)
    browser.cookies["sessionid"] = "x" * 32
    assert "无法连接数据库" in text_of(browser.get("/"), 503)


def test_what_nobody_can_mend_stays_a_fault(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_store: SessionStore) -> None:
        raise RuntimeError

    monkeypatch.setattr(SessionStore, "load", broken)
    browser.cookies["sessionid"] = "x" * 32
    assert "系统出现故障" in text_of(browser.get("/"), 500)
