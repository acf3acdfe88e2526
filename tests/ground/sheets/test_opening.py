"""What is opened, and what is refused before anything of it is believed. No database."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from jiangong.ground.sheets.rules import Column, opening, read_table
from tests.ground.sheets.files import Rows, bomb, old_workbook, part_of, with_part, workbook

ROWS: Rows = [["名称", "数量"], ["甲", 3]]
COLUMNS = [Column("name", "名称"), Column("number", "数量")]
SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_is_opened() -> None:
    assert opening.inspect(workbook(ROWS)) is False


def test_the_calendar_of_1904_is_noticed() -> None:
    assert opening.inspect(workbook(ROWS, date_1904=True)) is True


def test_an_old_workbook_is_opened_and_read() -> None:
    table = read_table(stream=old_workbook([["名称", "数量"], ["甲", 3]]), columns=COLUMNS)
    assert [row.cells for row in table.rows] == [{"name": "甲", "number": "3"}]


def test_a_small_file_that_unpacks_to_very_much_is_refused() -> None:
    trap = bomb(megabytes=416)
    assert len(trap.getvalue()) < 1024 * 1024
    with pytest.raises(opening.SheetBomb):
        opening.inspect(trap)


def test_very_many_parts_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(opening.MOST_PARTS):
            archive.writestr(f"xl/media/{number}.png", "")
    with pytest.raises(opening.SheetBomb):
        opening.inspect(target)


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1", "A200000"])
def test_a_cell_far_out_would_ask_for_all_memory_and_is_refused(place: str) -> None:
    far = workbook(ROWS, more=lambda _book, sheet: sheet.write(place, "z"))
    assert len(far.getvalue()) < 10_000
    with pytest.raises(opening.TooFarOut):
        opening.inspect(far)


@pytest.mark.parametrize("cell", [b"<c><v>1</v></c>", b'<c t="n"><v>1</v></c>', b'<x:c s="1"/>'])
def test_cells_that_do_not_say_where_they_stand_are_refused(cell: bytes) -> None:
    source = workbook(ROWS)
    text = part_of(source, SHEET).replace(b"</row>", cell + b"</row>", 1)
    with pytest.raises(opening.Broken):
        opening.inspect(with_part(source, SHEET, text))


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(name: str) -> None:
    with pytest.raises(opening.HasMacros):
        opening.inspect(with_part(workbook(ROWS), name, b"Sub Auto_Open()"))


def test_macros_of_an_old_workbook_are_refused() -> None:
    with pytest.raises(opening.HasMacros):
        opening.inspect(old_workbook(ROWS, also="_VBA_PROJECT_CUR"))


def test_a_password_is_asked_to_be_taken_off() -> None:
    with pytest.raises(opening.Locked):
        opening.inspect(old_workbook(ROWS, stream="EncryptedPackage"))


def test_an_old_word_file_is_no_sheet() -> None:
    with pytest.raises(opening.NotASheet):
        opening.inspect(old_workbook(ROWS, stream="WordDocument"))


def test_a_new_word_file_is_no_sheet(tmp_path: Path) -> None:
    target = tmp_path / "报告.xlsx"
    Document().save(str(target))
    with pytest.raises(opening.NotASheet), target.open("rb") as stream:
        opening.inspect(stream)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"<html><table></table></html>", "名称,数量\n甲,3\n".encode(), b"%PDF-1.7"]
)
def test_what_only_carries_the_name_is_no_sheet(content: bytes) -> None:
    with pytest.raises(opening.NotASheet):
        opening.inspect(io.BytesIO(content))


@pytest.mark.parametrize("front", [b"GIF89a;", b"%PDF-1.7\n", b"<script>alert(1)</script>"])
def test_a_file_of_two_kinds_at_once_is_no_sheet(front: bytes) -> None:
    with pytest.raises(opening.NotASheet):
        opening.inspect(io.BytesIO(front + workbook(ROWS).getvalue()))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_half_a_file_is_damaged(share: float) -> None:
    content = workbook(ROWS).getvalue()
    with pytest.raises(opening.Broken):
        opening.inspect(io.BytesIO(content[: int(len(content) * share)]))


def test_a_workbook_in_which_nothing_fits_is_damaged() -> None:
    with pytest.raises(opening.Broken):
        read_table(stream=with_part(workbook(ROWS), SHEET, b"<worksheet"), columns=COLUMNS)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_in_what_is_packed_is_told(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" + "甲乙丙丁" * 500)
    content = bytearray(target.getvalue())
    start = 30 + len("xl/workbook.xml")
    content[start + 9 : start + 60] = b"\xff" * 51
    with pytest.raises(opening.Broken):
        opening.inspect(io.BytesIO(bytes(content)))


def test_a_way_of_packing_that_is_unknown_is_told() -> None:
    content = (
        workbook(ROWS)
        .getvalue()
        .replace(b"PK\x03\x04\x14\x00\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00\x63")
    )
    content = content.replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x63\x00")
    with pytest.raises(opening.Broken):
        opening.inspect(io.BytesIO(content))
