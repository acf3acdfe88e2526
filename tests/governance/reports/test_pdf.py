from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import pytest
from PIL import Image

from jiangong.governance.reports.rules.blocks import Document, PictureBlock, text_paragraph
from jiangong.governance.reports.rules.pdf import to_pdf
from tests.governance.reports.documents import BASE_URL, HOSTILE, report


def content(pdf: bytes) -> bytes:
    """The file with its streams unpacked."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def links(pdf: bytes) -> list[str]:
    return [found.decode() for found in re.findall(rb"/URI\s*\((.*?)\)", content(pdf))]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content(pdf)))


@pytest.fixture(scope="module")
def plain() -> bytes:
    return to_pdf(report(), base_url=BASE_URL)


def test_the_page_is_a4(plain: bytes) -> None:
    box = re.search(rb"/MediaBox\s*\[([0-9. ]+)\]", content(plain))
    assert box is not None
    assert [round(float(side) / 72 * 25.4) for side in box[1].split()] == [0, 0, 210, 297]


def test_figures_link_to_their_trails(plain: bytes) -> None:
    assert links(plain) == [
        f"{BASE_URL}/ledger/figures/{code}/?since=2018-01-01&unit=1"
        for code in ("activities.audience", "activities.households")
    ]


def test_only_the_faces_that_come_along_are_used(plain: bytes) -> None:
    faces = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([A-Za-z]+)", content(plain)))
    assert faces == {b"NotoSerifSC", b"NotoSansSC"}


def test_the_same_document_gives_the_same_bytes(plain: bytes) -> None:
    assert to_pdf(report(), base_url=BASE_URL) == plain


def test_twenty_two_lines_fill_a_page() -> None:
    def lines(count: int) -> Document:
        return Document(title="题", blocks=tuple(text_paragraph("文") for _ in range(count)))

    assert pages(to_pdf(lines(20), base_url="")) == 1
    assert pages(to_pdf(lines(22), base_url="")) == 2


def test_what_people_wrote_is_never_code(plain: bytes) -> None:
    for hostile in (HOSTILE, '#panic("x")', '#read("official.typ")', "\\", '"', "#", "$", "]", "/* */", "@x"):
        made = to_pdf(report(hostile=hostile), base_url=BASE_URL)
        assert links(made) == links(plain)


def test_each_annex_begins_a_page() -> None:
    assert pages(to_pdf(report(annexes=2), base_url=BASE_URL)) == 3


def test_pictures_are_put_in() -> None:
    target = io.BytesIO()
    Image.new("RGB", (400, 300), "#336699").save(target, "JPEG")
    made = to_pdf(report(pictures=(PictureBlock(target.getvalue(), "/x", "职工大讲堂"),)), base_url=BASE_URL)
    assert re.search(rb"/Subtype\s*/Image", content(made))


def test_a_folder_without_faces_does_no_harm(tmp_path: Path) -> None:
    assert to_pdf(report(), base_url=BASE_URL, font_folders=(tmp_path,)).startswith(b"%PDF-")


def test_an_empty_document_is_a_page() -> None:
    assert pages(to_pdf(Document(title="", blocks=()), base_url="")) == 1
