from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms, ImageDraw

from jiangong.books.evidence import rules

OFFICE = "application/vnd.openxmlformats-officedocument."
SHANGHAI = ZoneInfo("Asia/Shanghai")
SYMMETRIC = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    7: Image.Transpose.TRANSVERSE,
}


def drawing(*, size: tuple[int, int] = (320, 240), mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", size, "#cfe3f2")
    pen = ImageDraw.Draw(image)
    for step in range(0, size[0], 12):
        pen.line((step, 0, size[0] - step, size[1]), fill=(step * 7 % 255, 80, 160), width=3)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def sniffed(content: bytes) -> rules.MediaType:
    return rules.sniff(head=content[:512], whole=io.BytesIO(content))


def inspected(content: bytes, *, pixel_limit: int = rules.PIXEL_LIMIT) -> rules.Picture:
    return rules.inspect_picture(stream=io.BytesIO(content), pixel_limit=pixel_limit)


def rendered(content: bytes, *, longest: int) -> Image.Image:
    return Image.open(io.BytesIO(rules.rendition(stream=io.BytesIO(content), longest=longest)))


def office(
    main: str, *, part: str = "main.xml", names: tuple[str, ...] = ("main.xml",), lead: str = ""
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{lead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f"<Default Extension='rels' ContentType='application/xml'/>"
            f"<Override PartName='/{part}' ContentType='{main}'/></Types>",
        )
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


def ole(*names: str, embedded: str = "") -> bytes:
    """An OLE2 file of four sectors: header, allocation table, and a directory of two."""

    def entry(name: str, *, kind: int, right: int = -1, child: int = -1) -> bytes:
        text = name.encode("utf-16-le") + b"\0\0"
        return struct.pack("<64sHBBiii", text, len(text), kind, 1, -1, right, child).ljust(128, b"\0")

    entries = [entry("Root Entry", kind=5, child=1)]
    for place, name in enumerate(names, start=1):
        entries.append(entry(name, kind=2, right=place + 1 if place < len(names) else -1))
    if embedded:
        entries[-1] = entry(names[-1], kind=1, child=len(entries))
        entries.append(entry(embedded, kind=2))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(48, b"\0") + struct.pack("<I", 1)
    header = header.ljust(76, b"\0") + struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack("<3i", -3, 2, -2).ljust(512, b"\xff")
    return header + table + b"".join(entries).ljust(1024, b"\0")


def with_exif(
    *, offset: str = "", taken: str = "2020:05:01 09:30:00", gps: bool = True, turned: int = 1
) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Model] = "HUAWEI P40\0"
    exif[ExifTags.Base.Orientation] = turned
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (32.0, 46.0, 52.86)
        place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (119.0, 27.0, 33.12)
    return saved(drawing(), "JPEG", exif=exif)


@pytest.mark.parametrize(
    "content, kind",
    [
        (saved(drawing(), "JPEG"), rules.MediaType.JPEG),
        (saved(drawing(), "PNG"), rules.MediaType.PNG),
        (saved(drawing(), "WEBP"), rules.MediaType.WEBP),
        (saved(drawing(), "HEIF"), rules.MediaType.HEIC),
        (b"%PDF-1.7\n%%EOF", rules.MediaType.PDF),
        (b"\xef\xbb\xbf%PDF-1.4\n", rules.MediaType.PDF),
        (office(OFFICE + "wordprocessingml.document.main+xml"), rules.MediaType.DOCX),
        (office(OFFICE + "spreadsheetml.sheet.main+xml"), rules.MediaType.XLSX),
        (office(OFFICE + "presentationml.presentation.main+xml"), rules.MediaType.PPTX),
        (ole("WordDocument", "1Table"), rules.MediaType.DOC),
        (ole("Workbook"), rules.MediaType.XLS),
        (ole("Book"), rules.MediaType.XLS),
        (ole("Pictures", "PowerPoint Document"), rules.MediaType.PPT),
        (ole("WordDocument", "ObjectPool", embedded="Workbook"), rules.MediaType.DOC),
    ],
)
def test_a_type_is_told_by_content(content: bytes, kind: rules.MediaType) -> None:
    assert sniffed(content) is kind


@pytest.mark.parametrize(
    "content",
    [
        "今天的讲座很好。".encode(),
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 64,
        b"MZ" + b"\0" * 64,
        b"Rar!\x1a\x07\x00" + b"\0" * 64,
        b"PK\x03\x04" + b"\0" * 200,
        b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miaf" + b"\0" * 64,
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 64,
        office("application/vnd.ms-word.document.macroEnabled.main+xml"),
        office("application/vnd.oasis.opendocument.text"),
        office(OFFICE + "wordprocessingml.document.main+xml", names=()),
        office(OFFICE + "wordprocessingml.document.main+xml", lead='<!DOCTYPE x [<!ENTITY a "b">]>'),
        office(OFFICE + "wordprocessingml.document.main+xml", lead="\0"),
        office(OFFICE + "wordprocessingml.document.main+xml", lead=" " * 2_000_000),
        ole("EncryptionInfo", "EncryptedPackage"),
        ole("Anything", embedded="WordDocument"),
        ole("WordDocument")[:600],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1000,
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    with pytest.raises(rules.NotAccepted):
        sniffed(content)


def test_an_office_zip_cut_short_is_refused() -> None:
    with pytest.raises(rules.NotAccepted):
        sniffed(office(OFFICE + "spreadsheetml.sheet.main+xml")[:-30])


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(rules.EmptyFile):
        sniffed(b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_picture_with_an_archive_behind_it_is_refused(kind: str) -> None:
    with pytest.raises(rules.TwoKindsAtOnce):
        sniffed(saved(drawing(), kind) + office(OFFICE + "wordprocessingml.document.main+xml"))


def test_a_photo_with_a_film_behind_it_is_a_photo() -> None:
    content = (
        saved(drawing(), "JPEG")
        + b"\0\0\0\x18ftypmp42"
        + bytes(range(256)) * 100
        + b"PK\x05\x06"
        + b"\7" * 30
    )
    assert sniffed(content) is rules.MediaType.JPEG
    assert inspected(content).width == 320


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xd8\xff"]),
)
def test_any_bytes_are_told_or_refused(content: bytes, lead: bytes) -> None:
    try:
        kind = sniffed(lead + content)
    except rules.NotAccepted:
        return
    if kind.is_picture:
        with pytest.raises(rules.NotAPicture):
            inspected(lead + content)


def test_types_know_their_extension() -> None:
    assert [kind.extension for kind in (rules.MediaType.JPEG, rules.MediaType.HEIC)] == [".jpg", ".heic"]
    assert not rules.MediaType.PDF.is_picture


def test_the_size_limit_is_named_in_megabytes() -> None:
    rules.require_size(size=10 * 1024 * 1024, limit=10 * 1024 * 1024)
    with pytest.raises(rules.FileTooLarge) as refused:
        rules.require_size(size=10 * 1024 * 1024 + 1, limit=10 * 1024 * 1024, field="files")
    with translation.override("en"):
        assert "10.1 MB; at most 10 MB" in str(refused.value)
    assert refused.value.field == "files"
    with pytest.raises(rules.EmptyFile):
        rules.require_size(size=0, limit=1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "MPO"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pictures_are_read_whole(kind: str, mode: str) -> None:
    picture = inspected(saved(drawing(mode=mode), kind))
    assert (picture.width, picture.height) == (320, 240)
    assert (picture.taken_at, picture.latitude, picture.longitude, picture.camera) == (None, None, None, "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_picture_is_refused(kind: str, share: float) -> None:
    content = saved(drawing(size=(640, 480)), kind)
    with pytest.raises(rules.NotAPicture):
        inspected(content[: int(len(content) * share)])


def test_text_in_a_photos_clothes_is_refused() -> None:
    for content in (b"not a photo at all", b"\xff\xd8\xff\xe0 then text", b"\x89PNG\r\n\x1a\nthen text"):
        with pytest.raises(rules.NotAPicture):
            inspected(content)


def test_a_format_that_is_not_accepted_is_no_picture() -> None:
    with pytest.raises(rules.NotAPicture):
        inspected(saved(drawing(), "GIF"))


def test_a_bomb_is_refused_by_its_header() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 9_000, 8_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"never decoded") + chunk(b"IEND", b"")
    )
    with pytest.raises(rules.TooManyPixels) as refused:
        inspected(bomb)
    with translation.override("en"):
        assert "9000 × 8000 pixels; at most 32 million" in str(refused.value)
    with pytest.raises(rules.TooManyPixels):
        rules.rendition(stream=io.BytesIO(bomb), longest=100)
    with pytest.raises(rules.NotAPicture):
        inspected(bomb.replace(header, struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)))


def test_the_pixel_limit_is_the_callers() -> None:
    content = saved(drawing(), "JPEG")
    assert inspected(content, pixel_limit=320 * 240).height == 240
    with pytest.raises(rules.TooManyPixels):
        inspected(content, pixel_limit=320 * 240 - 1)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_what_cannot_be_decoded_small_may_have_half_as_many_pixels(kind: str) -> None:
    content = saved(drawing(), kind)
    assert inspected(content, pixel_limit=320 * 240 * 2).height == 240
    with pytest.raises(rules.TooManyWholePixels) as refused:
        inspected(content, pixel_limit=320 * 240 * 2 - 2)
    with translation.override("en"):
        assert "not a JPEG" in str(refused.value)


def test_a_picture_that_was_accepted_before_is_still_shown() -> None:
    content = saved(drawing(), "PNG")
    shown = rules.rendition(stream=io.BytesIO(content), longest=100, pixel_limit=320 * 240)
    assert Image.open(io.BytesIO(shown)).size == (100, 75)


def test_exif_tells_time_place_and_camera() -> None:
    picture = inspected(with_exif())
    assert picture.taken_at == datetime(2020, 5, 1, 9, 30, tzinfo=SHANGHAI)
    assert (picture.latitude, picture.longitude) == (Decimal("32.781350"), Decimal("119.459200"))
    assert picture.camera == "HUAWEI P40"


def test_an_exif_offset_is_believed() -> None:
    picture = inspected(with_exif(offset="+09:00"))
    assert picture.taken_at == datetime(2020, 5, 1, 9, 30, tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.parametrize(
    "taken",
    [
        *("0000:00:00 00:00:00", "0001:01:01 00:00:00", "9999:12:31 23:59:59"),
        *("2020:13:01 00:00:00", "yesterday", "", "2020:05:01"),
    ],
)
def test_an_impossible_exif_time_is_left_out(taken: str) -> None:
    assert inspected(with_exif(taken=taken)).taken_at is None
    assert inspected(with_exif(taken=taken, offset="-12:00")).taken_at is None


def test_a_broken_exif_offset_leaves_the_local_time() -> None:
    assert inspected(with_exif(offset="+99:99")).taken_at == datetime(2020, 5, 1, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "latitude, longitude",
    [((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)), ((91.0, 0.0, 0.0), (1.0, 0.0, 0.0)), ((1.0, 2.0), (1.0, 2.0, 3.0))],
)
def test_an_impossible_place_is_left_out(latitude: tuple[float, ...], longitude: tuple[float, ...]) -> None:
    exif = Image.Exif()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = latitude, longitude
    picture = inspected(saved(drawing(), "JPEG", exif=exif))
    assert picture.latitude is picture.longitude is None


def test_south_and_west_are_negative() -> None:
    exif = Image.Exif()
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "S", (1.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (2.0, 0.0, 36.0)
    picture = inspected(saved(drawing(), "JPEG", exif=exif))
    assert (picture.latitude, picture.longitude) == (Decimal("-1.5"), Decimal("-2.01"))


def test_broken_exif_does_not_spoil_a_good_photo() -> None:
    content = saved(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xfe" * 60)
    assert inspected(content).width == 320
    assert rendered(content, longest=100).size == (100, 75)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_size_and_rendition_are_upright(kind: str, turn: int) -> None:
    """The upper left quarter is black when it is seen upright."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    seen = Image.new("L", (320, 240), 255)
    seen.paste(0, (0, 0, 160, 120))
    back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270, **SYMMETRIC}.get(turn)
    content = saved(seen if back is None else seen.transpose(back), kind, exif=exif)
    picture, shown = inspected(content), rendered(content, longest=160)
    assert (picture.width, picture.height) == (320, 240)
    assert shown.size == (160, 120)
    quarters = [shown.convert("1").crop((x, y, x + 9, y + 9)) for y in (9, 99) for x in (9, 139)]
    assert [bool(quarter.getextrema()[0]) for quarter in quarters] == [False, True, True, True]


def test_damaged_exif_leaves_the_picture_upright() -> None:
    """Pillow's own turning writes the EXIF anew, which a tag of another type than its own makes impossible."""
    entries = struct.pack(">HHHIHHHHIHH", 2, ExifTags.Base.Orientation, 3, 1, 6, 0, 700, 2, 1, 5, 0)
    content = saved(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08" + entries + b"\0\0\0\0")
    assert rendered(content, longest=160).size == (120, 160)


def test_the_public_gets_no_metadata() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.open(io.BytesIO(with_exif())).getexif()
    content = saved(drawing(), "JPEG", exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta/>", comment=b"secret")
    public = rules.rendition(stream=io.BytesIO(content), longest=200)
    image = Image.open(io.BytesIO(public))
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
    assert not any(mark in public for mark in (b"HUAWEI", b"Exif", b"secret", b"xmpmeta", b"ICC_PROFILE"))


def test_a_rendition_is_never_larger_than_its_original() -> None:
    assert rendered(saved(drawing(), "PNG"), longest=4_000).size == (320, 240)
    assert rendered(saved(drawing(size=(1000, 10)), "JPEG"), longest=50).size == (50, 1)


def test_what_is_transparent_becomes_white() -> None:
    for mode in ("RGBA", "LA"):
        image = rendered(saved(Image.new(mode, (40, 40), 0), "PNG"), longest=40)
        assert image.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "P", "CMYK", "I;16"])
def test_odd_modes_become_plain_jpegs(mode: str) -> None:
    grey = Image.new("I;16", (320, 240), 0x8000) if mode == "I;16" else drawing(mode=mode)
    image = rendered(saved(grey, "JPEG" if mode == "CMYK" else "PNG"), longest=160)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (160, 120))
    if mode == "I;16":
        assert image.getpixel((80, 60)) == (128, 128, 128)


def test_a_caption_has_six_parts() -> None:
    assert [field.name for field in fields(rules.Caption)] == list(rules.CAPTION_PARTS)
    assert len(rules.CAPTION_PARTS) == 6


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packed_file_that_is_damaged_is_of_no_known_type(packing: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 400)
    content = bytearray(target.getvalue())
    for place in range(60, 90):
        content[place] ^= 0xFF
    with pytest.raises(rules.NotAccepted):
        rules.sniff(head=bytes(content[:4096]), whole=io.BytesIO(bytes(content)))
