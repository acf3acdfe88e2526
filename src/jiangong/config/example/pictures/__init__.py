"""Example photos: drawn, each different, the same again for the same seed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import Literal

from PIL import ExifTags, Image, ImageChops

from jiangong.config.example.pictures import homes, indoors, outdoors, papers
from jiangong.config.example.pictures.sketch import HEIGHT, SCALE, WIDTH, Sketch

Scene = Literal[
    "lecture", "study", "visit", "desk", "cleanup", "household", "banner", "award", "meeting", "sheet"
]

LARGEST = 80 * 1024
GRAIN = 5
BRIGHTER = 9
SCENES: Mapping[Scene, Callable[[Sketch, str], None]] = {
    "lecture": indoors.lecture,
    "study": indoors.study,
    "visit": homes.visit,
    "desk": outdoors.desk,
    "cleanup": outdoors.cleanup,
    "household": homes.household,
    "banner": outdoors.put_up_banner,
    "award": indoors.award,
    "meeting": indoors.meeting,
    "sheet": papers.sign_in_sheet,
}


def picture(
    *, seed: int, caption: str, taken_at: datetime, place: tuple[Decimal, Decimal] | None, scene: Scene
) -> bytes:
    """A JPEG of 960 × 720 and at most 80 KB. `place` is latitude, longitude; `taken_at` lights the scene."""
    chance = Random(f"{scene} {seed}")  # noqa: S311  # it draws pictures
    zoom = chance.uniform(1.015, 1.07)
    sketch = Sketch(chance=chance, mirrored=chance.random() < 0.5, month=taken_at.month, zoom=zoom)
    SCENES[scene](sketch, caption)
    photo = _lit(_seen(sketch.image, chance), chance, hour=taken_at.hour)
    return _encoded(photo, _exif(taken_at=taken_at, place=place))


def _seen(image: Image.Image, chance: Random) -> Image.Image:
    """What the camera catches: a window of the sheet, its middle anywhere near the sheet's."""
    left, top = (
        round((whole - part * SCALE) * chance.uniform(0.25, 0.75))
        for whole, part in zip(image.size, (WIDTH, HEIGHT), strict=True)
    )
    return image.crop((left, top, left + WIDTH * SCALE, top + HEIGHT * SCALE)).reduce(SCALE)


def _lit(photo: Image.Image, chance: Random, *, hour: int) -> Image.Image:
    """Light from one side, darker corners, the colour of the hour, and grain."""
    slope = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270)))
    depth = chance.uniform(0.03, 0.15)
    mask = ImageChops.multiply(slope.point(lambda level: 255 - (255 - level) * depth), _corners())
    warm = 0.96 if 9 <= hour <= 15 else 0.93
    tint = (1.0, (warm + 1) / 2, warm) if chance.random() < 0.7 else (0.97, 0.99, 1.0)
    light = Image.merge("RGB", [mask.point(lambda level, part=part: level * part) for part in tint])
    photo = ImageChops.multiply(photo, light.resize(photo.size, Image.Resampling.BILINEAR))
    x, y = chance.randrange(64), chance.randrange(64)
    return ImageChops.add(photo, _grain().crop((x, y, x + WIDTH, y + HEIGHT)), 1, BRIGHTER - GRAIN)


@cache
def _corners() -> Image.Image:
    return Image.radial_gradient("L").point(lambda level: 255 - max(0, level - 110) * 0.16)


@cache
def _grain() -> Image.Image:
    size = (WIDTH + 64, HEIGHT + 64)
    noise = Random(20180101).randbytes(size[0] * size[1])  # noqa: S311  # it is grain
    return Image.frombytes("L", size, noise).point(lambda level: level * 2 * GRAIN // 255).convert("RGB")


def _encoded(photo: Image.Image, exif: Image.Exif) -> bytes:
    for quality in (76, 66, 54, 40):
        target = io.BytesIO()
        photo.save(target, "JPEG", quality=quality, exif=exif)
        if target.tell() <= LARGEST:
            break
    return target.getvalue()


def _exif(*, taken_at: datetime, place: tuple[Decimal, Decimal] | None) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Software] = "Jiangong example"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    offset = taken_at.strftime("%z")
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = f"{offset[:3]}:{offset[3:5]}"
    if place is not None:
        spot = exif.get_ifd(ExifTags.IFD.GPSInfo)
        spot[ExifTags.GPS.GPSLatitudeRef] = "N" if place[0] >= 0 else "S"
        spot[ExifTags.GPS.GPSLatitude] = _sexagesimal(place[0])
        spot[ExifTags.GPS.GPSLongitudeRef] = "E" if place[1] >= 0 else "W"
        spot[ExifTags.GPS.GPSLongitude] = _sexagesimal(place[1])
    return exif


def _sexagesimal(degrees: Decimal) -> tuple[Fraction, Fraction, Fraction]:
    minutes, seconds = divmod(round(abs(degrees) * 3_600_000), 60_000)
    whole, minutes = divmod(minutes, 60)
    return Fraction(whole), Fraction(minutes), Fraction(seconds, 1000)
