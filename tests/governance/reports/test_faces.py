"""Official faces: named where they are missing, taken from a mounted folder, held by the PDF."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pdfplumber
import pytest
from fontTools.ttLib import TTFont
from pylopdf_fonts_zh_cn import serif_path

from jiangong.governance.reports.rules import faces
from jiangong.governance.reports.rules.heads import Form
from jiangong.governance.reports.rules.pdf import missing_faces, to_pdf
from tests.governance.reports.documents import official

NAMES = (1, 4, 16)
"""Family, whole name, typographic family."""


@pytest.fixture(scope="module")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two made-up files that bear the names of licensed faces."""
    folder = tmp_path_factory.mktemp("fonts")
    for place, family in enumerate(("FZXiaoBiaoSong-B05S", "FangSong_GB2312")):
        with TTFont(serif_path()) as font:
            for record in font["name"].names:
                if record.nameID in NAMES:
                    record.string = family
                elif record.nameID == 6:
                    record.string = family.replace("_", "")
            font.save(folder / f"file-{place}.ttf")
    return folder


def used(pdf: bytes) -> set[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return {sign["fontname"].partition("+")[2] for page in opened.pages for sign in page.chars}


def test_what_no_folder_has_is_missing(tmp_path: Path) -> None:
    assert missing_faces() == faces.ALL
    assert missing_faces(font_folders=(tmp_path,)) == faces.ALL


def test_what_a_folder_has_is_taken_from_it(mounted: Path) -> None:
    assert missing_faces(font_folders=(mounted,)) == (faces.KAI, faces.HEI, faces.SONG)
    names = used(to_pdf(official(Form.NOTICE), base_url="", font_folders=(mounted,)))
    assert len(names) >= 3
    assert any("XiaoBiaoSong" in name for name in names)
    assert any("FangSong" in name for name in names)


def test_the_file_holds_its_faces() -> None:
    made = to_pdf(official(Form.MINUTES), base_url="")
    with pdfplumber.open(io.BytesIO(made)) as opened:
        fonts = {str(font) for page in opened.pages for font in used(made)}
        assert fonts
        assert all("+" in sign["fontname"] for page in opened.pages for sign in page.chars)


def test_other_makers_names_of_the_same_design_are_known() -> None:
    assert faces.FANGSONG.is_called("仿宋")
    assert faces.FANGSONG.is_called("fangsong_gb2312")
    assert faces.HEI.is_called("SimHei")
    assert not faces.HEI.is_called("宋体")


def test_a_folder_that_is_not_there_does_no_harm(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    assert missing_faces(font_folders=(tmp_path,)) == faces.ALL
