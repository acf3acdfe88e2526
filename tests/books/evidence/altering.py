"""Pictures as they are met in evidence, and what people do to them before they send them again."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from PIL import Image, ImageDraw, ImageEnhance

from jiangong.config.example.pictures import SCENES, picture


def _with_strip(image: Image.Image) -> Image.Image:
    marked = image.copy()
    pen = ImageDraw.Draw(marked, "RGBA")
    pen.rectangle((0, image.height * 93 // 100, image.width, image.height), fill=(0, 0, 0, 110))
    return marked


ALTERED: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved again": lambda image: image,
    "at half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "at a quarter": lambda image: image.resize((image.width // 4, image.height // 4)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.8),
    "cropped at the edges": lambda image: image.crop((14, 10, image.width - 14, image.height - 10)),
    "cropped at one corner": lambda image: image.crop(
        (0, 0, image.width * 95 // 100, image.height * 95 // 100)
    ),
    "with a strip": _with_strip,
}


@cache
def scene(
    seed: int,
    *,
    taken_at: datetime = datetime(2020, 5, 1, 2, tzinfo=UTC),
    place: tuple[Decimal, Decimal] | None = None,
) -> bytes:
    name = list(SCENES)[seed % len(SCENES)]
    return picture(seed=seed, caption="劳模精神", taken_at=taken_at, place=place, scene=name)


def altered(content: bytes, how: str, *, quality: int = 70) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        made = ALTERED[how](image.convert("RGB"))
    target = io.BytesIO()
    made.save(target, "JPEG", quality=quality)
    return target.getvalue()
