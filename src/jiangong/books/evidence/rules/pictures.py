"""Photos: whether they are whole, when and where they were taken, and what the public gets of them."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import ceil
from threading import Lock
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pillow_heif
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError, WebPImagePlugin

from jiangong.books.evidence.rules.likenesses import likeness
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _

pillow_heif.register_heif_opener()

PIXEL_LIMIT = 64_000_000
LOCAL = ZoneInfo("Asia/Shanghai")
FORMATS = ("JPEG", "PNG", WebPImagePlugin.WebPImageFile.format, "HEIF")
REDUCIBLE = frozenset({"JPEG", "MPO"})
QUALITY = 82
LOOKED_AT = 256
YEARS = range(1900, 2200)
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
DECODING = Lock()
BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
BROKEN_EXIF = (*BROKEN, TypeError, LookupError, AttributeError, ArithmeticError)


class NotAPicture(DomainError):
    code = "evidence.not_a_picture"
    message = _(
        "This file is not a readable photo, or it arrived incomplete. Take it again, or send another one."
    )


class TooManyPixels(NotAPicture):
    code = "evidence.too_many_pixels"
    message = _(
        "This photo has %(width)s × %(height)s pixels; at most %(limit)s million are accepted. "
        "Send a smaller one."
    )
    status = 413


class FarTooManyPixels(NotAPicture):
    code = "evidence.far_too_many_pixels"
    message = _(
        "This photo has far more pixels than the %(limit)s million that are accepted. Send a smaller one."
    )
    status = 413


class TooManyWholePixels(TooManyPixels):
    code = "evidence.too_many_whole_pixels"
    message = _(
        "This picture has %(width)s × %(height)s pixels; at most %(limit)s million are accepted of a picture "
        "that is not a JPEG. Save it as a JPEG, or send a smaller one."
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """`width` and `height` as seen upright; `taken_at` always knows its zone; `likeness` as `rules.likeness`."""

    width: int
    height: int
    taken_at: datetime | None
    latitude: Decimal | None
    longitude: Decimal | None
    camera: str
    likeness: bytes | None


def inspect_picture(*, stream: BinaryIO, pixel_limit: int = PIXEL_LIMIT) -> Picture:
    """Read a photo to its last byte and tell what it says about itself.

    Refuses what cannot be decoded whole (NotAPicture) and, before decoding anything, more than `pixel_limit`
    pixels (TooManyPixels), of other pictures than JPEG half of it (TooManyWholePixels). An EXIF time without
    an offset is taken as Asia/Shanghai; EXIF that makes no sense is left out.
    """
    with _opened(stream, pixel_limit=pixel_limit, whole_limit=pixel_limit // 2) as image:
        width, height = image.size
        exif = _exif(image)
        image.draft("RGB", (max(LOOKED_AT, width // 8), max(LOOKED_AT, height // 8)))
        image.load()
        image.thumbnail((2 * LOOKED_AT, 2 * LOOKED_AT), Image.Resampling.BOX)
        turn = TURNS.get(_turn(exif))
        bits = likeness(_plain(image if turn is None else image.transpose(turn)))
    if _turn(exif) in {5, 6, 7, 8}:
        width, height = height, width
    latitude, longitude = _place(_directory(exif, ExifTags.IFD.GPSInfo))
    return Picture(
        width=width,
        height=height,
        taken_at=_taken_at(_directory(exif, ExifTags.IFD.Exif)),
        latitude=latitude,
        longitude=longitude,
        camera=_camera(exif),
        likeness=bits,
    )


def rendition(*, stream: BinaryIO, longest: int, pixel_limit: int = PIXEL_LIMIT) -> bytes:
    """A JPEG for thumbnails and the public: upright, sRGB, no side beyond `longest`, no metadata at all."""
    with _opened(stream, pixel_limit=pixel_limit, whole_limit=pixel_limit) as image:
        scale = longest / max(image.size)
        turn = TURNS.get(_turn(_exif(image)))
        image.draft("RGB", (ceil(image.width * scale), ceil(image.height * scale)))
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        plain = _plain(image if turn is None else image.transpose(turn))
    target = io.BytesIO()
    plain.save(target, "JPEG", quality=QUALITY, optimize=True)
    return target.getvalue()


@contextmanager
def _opened(stream: BinaryIO, *, pixel_limit: int, whole_limit: int) -> Iterator[Image.Image]:
    """Only JPEG can be decoded at a reduced size; of all others one at a time fills the memory of a process."""
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream, formats=FORMATS) as image:
                if image.format in REDUCIBLE:
                    _require_pixels(image, TooManyPixels, pixel_limit)
                    yield image
                else:
                    _require_pixels(image, TooManyWholePixels, whole_limit)
                    with DECODING:
                        yield image
    except Image.DecompressionBombError as error:  # told by its head, nothing was decoded
        raise FarTooManyPixels(limit=f"{pixel_limit / 1_000_000:g}") from error
    except BROKEN as error:
        raise NotAPicture from error


def _require_pixels(image: Image.Image, refusal: type[TooManyPixels], limit: int) -> None:
    if image.width * image.height > limit:
        raise refusal(width=image.width, height=image.height, limit=f"{limit / 1_000_000:g}")


def _plain(image: Image.Image) -> Image.Image:
    """In sRGB, on white where it was transparent, with nothing attached."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        ground.info = image.info
        ground.alpha_composite(image)
        image = ground.convert("RGB")
    plain = _in_srgb(image).convert("RGB")
    plain.info = {}
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return (
            ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            or image
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _exif(image: Image.Image) -> Image.Exif:
    try:
        return image.getexif()
    except BROKEN_EXIF:
        return Image.Exif()


def _directory(exif: Image.Exif, which: int) -> Mapping[int, Any]:
    try:
        return exif.get_ifd(which)
    except BROKEN_EXIF:
        return {}


def _tag(exif: Image.Exif, which: int) -> Any:
    """Values are decoded when they are asked for."""
    try:
        return exif.get(which)
    except BROKEN_EXIF:
        return None


def _turn(exif: Image.Exif) -> int:
    turn = _tag(exif, ExifTags.Base.Orientation)
    return turn if isinstance(turn, int) else 1


def _taken_at(details: Mapping[int, Any]) -> datetime | None:
    text = str(details.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        taken_at = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=LOCAL)
    except ValueError:
        return None
    if taken_at.year not in YEARS:
        return None
    try:
        return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z") if offset else taken_at
    except ValueError:
        return taken_at


def _place(details: Mapping[int, Any]) -> tuple[Decimal | None, Decimal | None]:
    """Degrees, north and east positive; a phone without a fix writes 0, 0, which is no place."""
    tags = ExifTags.GPS
    latitude = _degrees(
        details.get(tags.GPSLatitude), details.get(tags.GPSLatitudeRef), negative="S", most=90
    )
    longitude = _degrees(
        details.get(tags.GPSLongitude), details.get(tags.GPSLongitudeRef), negative="W", most=180
    )
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None, None
    return latitude, longitude


def _degrees(parts: Any, side: Any, *, negative: str, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (Decimal(int(p.numerator)) / Decimal(int(p.denominator)) for p in parts)
        value = (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
    except (TypeError, ValueError, AttributeError, InvalidOperation, ZeroDivisionError, OverflowError):
        return None
    if min(degrees, minutes, seconds) < 0 or value > most:
        return None
    return -value if str(side).strip("\0 ").upper() == negative else value


def _camera(exif: Image.Exif) -> str:
    """Maker and model, the maker once."""
    make, model = (
        "".join(sign for sign in str(_tag(exif, tag) or "") if sign.isprintable()).strip()
        for tag in (ExifTags.Base.Make, ExifTags.Base.Model)
    )
    name = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    return name.strip()[:80]
