"""Files with hostile names or two faces are refused, or come back as downloads in which nothing runs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jiangong.books.evidence import operations
from jiangong.ground.shared.actors import Actor
from tests.conftest import AT, MakeRecord, photo

ClientOf = Callable[[str], Client]
SCRIPT = b"<html><script>alert(document.domain)</script></html>"


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, SCRIPT)
    return target.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n" + SCRIPT + b"\n%%EOF"
JPEG_AND_PDF = photo()[:2] + b"\xff\xfe" + (len(PDF) + 2).to_bytes(2, "big") + PDF + photo()[2:]
"""A photo that is whole, with a document in its comment; readers of both find theirs."""
BOMB = (
    b"\x89PNG\r\n\x1a\n"
    b"\x00\x00\x00\rIHDR"
    + (IHDR := (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00")
    + zlib.crc32(b"IHDR" + IHDR).to_bytes(4, "big")
    + b"\x00\x00\x00\x00IDAT"
    + zlib.crc32(b"IDAT").to_bytes(4, "big")
)
WORD = ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
EXCEL = ("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")


@pytest.mark.parametrize(
    "name,data,said",
    [
        ("照片.jpg", photo() + zipped("a.html"), "图片中夹带了其他文件"),
        ("公文.jpg", JPEG_AND_PDF, "图片中夹带了其他文件"),
        ("全景.png", BOMB, "远远超过上限"),
        ("通知.docx", zipped(*WORD), "不得带宏"),
        ("名单.xlsx", zipped(*EXCEL), "不得带宏"),
        ("动图.gif", b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)", "不支持这种文件"),
        ("页面.jpg", SCRIPT, "不支持这种文件"),
    ],
)
def test_a_file_with_two_faces_or_macros_is_refused_by_name(
    client_of: ClientOf, make_record: MakeRecord, name: str, data: bytes, said: str
) -> None:
    record = make_record(state="draft", photos=0)
    page = reverse("evidence:add", args=[record.pk])
    chosen = SimpleUploadedFile(name, data)
    text = client_of("clerk").post(page, {"chosen": [chosen]}, follow=True).content.decode()
    assert f"{name}：" in text
    assert said in text
    assert not record.exhibits.exists()


def test_a_pdf_with_scripts_comes_back_as_a_download_in_which_nothing_runs(
    client_of: ClientOf, make_record: MakeRecord
) -> None:
    record = make_record(state="draft", photos=0)
    client = client_of("clerk")
    chosen = SimpleUploadedFile("页面.pdf", PDF)
    client.post(reverse("evidence:add", args=[record.pk]), {"chosen": [chosen]})
    answer = client.get(reverse("evidence:original", args=[record.exhibits.get().pk]))
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "..\\..\\boot.jpg",
        "a" * 300 + ".jpg",
        "\u202egpj.exe.jpg",
        "\u202e.jpg",
        "nul\0.jpg",
        'a"\r\nX-Evil: 1.jpg',
    ],
)
def test_a_hostile_name_harms_neither_what_is_kept_nor_the_download(
    cast: dict[str, Actor], client_of: ClientOf, make_record: MakeRecord, name: str
) -> None:
    record = make_record(state="draft", photos=0)
    operations.add_exhibit(
        actor=cast["clerk"],
        record_id=record.pk,
        uuid=uuid4(),
        stream=io.BytesIO(photo()),
        size=len(photo()),
        name=name,
        at=AT,
    )
    exhibit = record.exhibits.get()
    assert exhibit.name.isprintable()
    assert not {"/", "\\"} & set(exhibit.name)
    assert 1 <= len(exhibit.name.removesuffix(".jpg")) <= 100
    kept = client_of("clerk").get(reverse("evidence:original", args=[exhibit.pk]))
    assert kept.getvalue() == photo()
    assert "X-Evil" not in kept
