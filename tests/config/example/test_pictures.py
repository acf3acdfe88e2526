from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from itertools import combinations, pairwise
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from jiangong.books.evidence import rules
from jiangong.config.example.pictures import LARGEST, SCENES, Scene, picture

TAKEN_AT = datetime(2019, 5, 4, 9, 30, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
GAOYOU = (Decimal("32.781350"), Decimal("119.459200"))
CAPTION = "供电公司“邮益思”职工大讲堂"


def taken(
    *,
    seed: int = 1,
    scene: Scene = "lecture",
    caption: str = CAPTION,
    place: tuple[Decimal, Decimal] | None = GAOYOU,
) -> bytes:
    return picture(seed=seed, caption=caption, taken_at=TAKEN_AT, place=place, scene=scene)


def outline(photo: bytes) -> int:
    """64 bits: where it grows darker from left to right."""
    small = Image.open(io.BytesIO(photo)).convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    rows = (small[row * 9 : row * 9 + 9] for row in range(8))
    return int(
        "".join("1" if left > right else "0" for row in rows for left, right in pairwise(row)),
        2,
    )


def test_every_scene_can_be_drawn() -> None:
    assert set(SCENES) == set(get_args(Scene))


@pytest.mark.parametrize("scene", list(SCENES))
def test_a_photo_passes_as_evidence(scene: Scene) -> None:
    photo = taken(scene=scene)
    assert len(photo) <= LARGEST
    assert rules.sniff(head=photo[:512], whole=io.BytesIO(photo)) is rules.MediaType.JPEG
    seen = rules.inspect_picture(stream=io.BytesIO(photo))
    assert (seen.width, seen.height) == (960, 720)
    assert seen.taken_at == TAKEN_AT
    assert (seen.latitude, seen.longitude) == GAOYOU


@pytest.mark.parametrize("scene", list(SCENES))
def test_no_two_photos_of_a_scene_look_alike(scene: Scene) -> None:
    outlines = [outline(taken(seed=seed, scene=scene)) for seed in range(8)]
    assert min((one ^ other).bit_count() for one, other in combinations(outlines, 2)) > 4


def test_the_same_seed_gives_the_same_photo() -> None:
    assert taken(seed=3) == taken(seed=3)
    assert taken(seed=3) != taken(seed=4)


def test_a_photo_without_a_place_has_none() -> None:
    assert rules.inspect_picture(stream=io.BytesIO(taken(place=None))).latitude is None


def test_a_southern_and_western_place_is_kept() -> None:
    seen = rules.inspect_picture(stream=io.BytesIO(taken(place=(Decimal("-32.5"), Decimal("-0.25")))))
    assert (seen.latitude, seen.longitude) == (Decimal("-32.5"), Decimal("-0.25"))


@pytest.mark.parametrize("caption", ["", "职", "团结广大职工在全国文明城市创建中建功立业" * 6, "2019\n讲座"])
def test_any_caption_fits(caption: str) -> None:
    for scene in ("lecture", "award", "banner"):
        assert len(taken(scene=scene, caption=caption)) <= LARGEST
