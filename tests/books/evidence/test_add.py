"""Adding files on a record's page: what is taken is kept, what is refused is said by name."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiangong.books.ledger.models import Record
from tests.conftest import MakeRecord, photo

ClientOf = Callable[[str], Client]


def add(client: Client, record: Record, *files: SimpleUploadedFile) -> str:
    answer = client.post(reverse("evidence:add", args=[record.pk]), {"chosen": files}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_file_is_said_to_be_empty_and_the_others_are_kept(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(state="draft", photos=0)
    files = [SimpleUploadedFile("现场.jpg", photo()), SimpleUploadedFile("空.jpg", b"")]
    text = add(client_of("clerk"), record, *files)
    assert "空.jpg：文件是空的" in text
    assert record.exhibits.get().name == "现场.jpg"


def test_without_a_file_one_is_asked_for(client_of: ClientOf, make_record: MakeRecord) -> None:
    assert "请至少选择一个文件" in add(client_of("clerk"), make_record(state="draft", photos=0))
