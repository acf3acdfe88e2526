"""Which photos look alike: misses and false matches of several hashes, and a search among a million."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from bench.common import SCALE, heading, line, median_ms, resident_mb
from jiangong.books.evidence.rules import likenesses as rules

Hashes = NDArray[np.uint8]
Verdict = tuple[dict[str, float], list[tuple[int, int]]]
SHIPPED = "own cosine hash with windows, 128 bits"
WIDTH, HEIGHT = 960, 720
SLOGANS = ("中国梦·劳动美", "劳模工匠进社区", "全国文明城市", "职工大讲堂", "文明交通从我做起", "书香工会")
TEXT = (
    "为深入贯彻落实上级工会关于开展群众性精神文明创建活动的通知要求经研究决定于本月在"
    "社区讲堂举办专题讲座请各基层工会组织职工参加并做好签到登记和照片留存"
)


def main() -> None:
    heading("Which photos look alike")
    wanted = 2400 // SCALE
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = list(pool.map(_measured, range(wanted), chunksize=8))
    line("pictures, each altered in so many ways", f"{wanted} x {len(ALTERED)}")
    for name in found[0]:
        _tell(name, np.array([each[name] for each in found]))
    _search()


def _tell(name: str, bits: Hashes) -> None:
    """`bits`: pictures × (itself, then its alterations) × bytes."""
    length = 128 if name == SHIPPED else bits.shape[2] * 8
    for share in (24, 31, 40, 48, 56, 64, 72):
        within = length * share // 256
        alike = _windowed if name == SHIPPED else _plain
        missed, false = alike(bits, within)
        papers = sum(one % len(MAKERS) == other % len(MAKERS) == PAPER for one, other in false)
        line(
            f"{name}, within {within}: missed; false pairs, of them two letters",
            f"{sum(missed.values()) / len(missed):.2%}; {len(false)}, {papers}",
            ", ".join(f"{what} {share:.1%}" for what, share in missed.items() if share),
        )


def _plain(bits: Hashes, within: int) -> Verdict:
    originals = bits[:, 0]
    missed = {
        what: float((np.bitwise_count(originals ^ bits[:, which]).sum(axis=1) > within).mean())
        for which, what in enumerate(ALTERED, start=1)
    }
    false = [
        (at, at + 1 + int(other))
        for at, one in enumerate(originals)
        for other in np.flatnonzero(np.bitwise_count(originals[at + 1 :] ^ one).sum(axis=1) <= within)
    ]
    return missed, false


def _windowed(bits: Hashes, within: int) -> Verdict:
    """As the house searches: an album of all originals, asked for every picture and every alteration."""
    album = rules.Album()
    album.add(range(len(bits)), [one.tobytes() for one in bits[:, 0]])
    missed = {
        what: sum(
            rules.nearest(one[0].tobytes(), one[which].tobytes(), within=within) is None for one in bits
        )
        / len(bits)
        for which, what in enumerate(ALTERED, start=1)
    }
    false = [
        (at, other)
        for at, one in enumerate(bits)
        for other in album.alike(one[0].tobytes(), within=within)
        if other > at
    ]
    return missed, false


def _search() -> None:
    """The house's search beside a plain loop over whole numbers."""
    dice, million = np.random.default_rng(1), 1_000_000 // SCALE
    album, before = rules.Album(), resident_mb()
    for start in range(0, million, 8000):
        count = min(8000, million - start)
        album.add(range(start, start + count), [dice.bytes(rules.SIZE * count)])
    one = dice.bytes(rules.SIZE)
    took = median_ms(lambda: album.alike(one, within=rules.USUAL_BITS))
    line(f"a look-alike query against {million:,} photos", f"{took:.1f} ms", "≤ 10 ms")
    line("memory that they take", f"{resident_mb() - before:.0f} MB", "web process ≤ 200 MB")
    known = [int.from_bytes(dice.bytes(8), "big") for _ in range(million)]
    wanted = known[0]
    plain = median_ms(
        lambda: [at for at, bits in enumerate(known) if (bits ^ wanted).bit_count() <= 10], times=3
    )
    line("baseline: a plain loop over one 64-bit hash each", f"{plain:.0f} ms")


def _measured(number: int) -> dict[str, Hashes]:
    content = made(number)
    chance = Random(number)
    with Image.open(io.BytesIO(content)) as image:
        whole = image.convert("RGB")
    contents = [
        content,
        *(
            _jpeg(alter(whole, chance), 75) if name[:4] != "JPEG" else _jpeg(whole, int(name[5:]))
            for name, alter in ALTERED.items()
        ),
    ]
    return {
        name: np.array([np.frombuffer(hashed(_decoded(each)), dtype=np.uint8) for each in contents])
        for name, hashed in _candidates().items()
    }


def _decoded(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.draft("RGB", (256, 256))
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return target.getvalue()


def _same(image: Image.Image, _chance: Random) -> Image.Image:
    return image


def _resized(share: float) -> Callable[[Image.Image, Random], Image.Image]:
    return lambda image, _chance: image.resize((int(image.width * share), int(image.height * share)))


def _cropped(share: float) -> Callable[[Image.Image, Random], Image.Image]:
    """So much less in width and in height, cut off at any sides."""

    def crop(image: Image.Image, chance: Random) -> Image.Image:
        w, h = int(image.width * (1 - share)), int(image.height * (1 - share))
        x, y = chance.randint(0, image.width - w), chance.randint(0, image.height - h)
        return image.crop((x, y, x + w, y + h))

    return crop


def _lit(factor: float) -> Callable[[Image.Image, Random], Image.Image]:
    return lambda image, _chance: ImageEnhance.Brightness(image).enhance(factor)


def _turned(image: Image.Image, chance: Random) -> Image.Image:
    """By one degree, the empty corners cut off, as phones do when they straighten."""
    turned = image.rotate(chance.choice((-1, 1)), Image.Resampling.BILINEAR)
    x, y = int(image.height * 0.0175 / 2) + 1, int(image.width * 0.0175 / 2) + 1
    return turned.crop((x, y, image.width - x, image.height - y))


def _marked(image: Image.Image, chance: Random) -> Image.Image:
    """A strip with time and place, as phones' watermark cameras put it."""
    from jiangong.config.example.pictures.sketch import typeface

    marked = image.copy()
    pen = ImageDraw.Draw(marked, "RGBA")
    top = image.height - image.height // 10
    pen.rectangle((0, top, image.width, image.height), fill=(0, 0, 0, 120))
    pen.text((20, top + 16), f"2026-05-{chance.randint(1, 31):02} 城北区", font=typeface(36), fill="white")
    return marked


ALTERED: dict[str, Callable[[Image.Image, Random], Image.Image]] = {
    "JPEG 40": _same,
    "JPEG 65": _same,
    "JPEG 90": _same,
    "half": _resized(0.5),
    "quarter": _resized(0.25),
    "crop 3 %": _cropped(0.03),
    "crop 6 %": _cropped(0.06),
    "crop 10 %": _cropped(0.10),
    "brighter": _lit(1.2),
    "darker": _lit(0.8),
    "turned 1°": _turned,
    "watermark": _marked,
}


def _candidates() -> dict[str, Callable[[Image.Image], bytes]]:
    """Libraries are measured where they are installed; only the chosen hash is a dependency."""
    found: dict[str, Callable[[Image.Image], bytes]] = {
        SHIPPED: lambda image: rules.likeness(image) or bytes(rules.SIZE),
        "own cosine hash of the whole, 256 bits": lambda image: _cosine(image, 64, 16),
        "own cosine hash of the whole, 64 bits": lambda image: _cosine(image, 32, 8),
    }
    try:
        import pdqhash

        found["pdqhash"] = lambda image: np.packbits(pdqhash.compute(np.asarray(image))[0]).tobytes()
    except ImportError:
        pass
    try:
        import imagehash
    except ImportError:
        return found
    for name in ("phash", "dhash", "whash"):
        hashed = getattr(imagehash, name)
        found[f"ImageHash {name}"] = lambda image, hashed=hashed: np.packbits(hashed(image).hash).tobytes()
    found["ImageHash phash, 256"] = lambda image: np.packbits(
        imagehash.phash(image, hash_size=16).hash
    ).tobytes()
    return found


def _cosine(image: Image.Image, side: int, kept: int) -> bytes:
    points = np.arange(side) * 2 + 1
    waves = np.cos(np.pi / (2 * side) * np.arange(1, kept + 1)[:, None] * points)
    grey = np.asarray(image.convert("L").resize((side, side), Image.Resampling.BOX), dtype=np.float32)
    found = waves @ grey @ waves.T
    return np.packbits(found > np.median(found)).tobytes()


def made(number: int) -> bytes:
    """More than half of them scenes of the example, the others papers, lists, crowds and streets."""
    return MAKERS[number % len(MAKERS)](number)


def _scene(number: int) -> bytes:
    from jiangong.config.example.pictures import SCENES, picture

    taken = datetime(2026, number % 12 + 1, 1, 8 + number % 10, tzinfo=UTC)
    scene: Any = list(SCENES)[Random(number).randrange(len(SCENES))]
    return picture(
        seed=number, caption=SLOGANS[number % len(SLOGANS)], taken_at=taken, place=None, scene=scene
    )


def _letter(number: int) -> bytes:
    """A letter with a red head, photographed: the layout is one, the words differ."""
    from jiangong.config.example.pictures.sketch import typeface

    chance = Random(number)
    image = Image.new("RGB", (WIDTH, HEIGHT), (chance.randint(90, 160),) * 3)
    paper = Image.new("RGB", (520, 690), "white")
    pen = ImageDraw.Draw(paper)
    pen.text((260, 70), "总工会文件", font=typeface(56), fill=(200, 16, 46), anchor="mm")
    pen.line((40, 130, 480, 130), fill=(200, 16, 46), width=4)
    for row in range(chance.randint(8, 19)):
        length = 20 if chance.random() < 0.8 else chance.randint(4, 18)
        words = "".join(chance.choice(TEXT) for _ in range(length))
        pen.text((50, 170 + row * 25), words, font=typeface(21), fill=(40, 40, 40))
    image.paste(paper, (220 + chance.randint(-25, 25), 15 + chance.randint(-12, 12)))
    return _photographed(image.rotate(chance.uniform(-2, 2), Image.Resampling.BILINEAR), chance)


def _sheet(number: int) -> bytes:
    """A sign-in sheet: the grid is one, the names differ."""
    from jiangong.config.example.pictures.sketch import typeface

    chance = Random(number)
    image = Image.new("RGB", (WIDTH, HEIGHT), (245, 244, 240))
    pen = ImageDraw.Draw(image)
    dx, dy = chance.randint(-30, 30), chance.randint(-20, 20)
    pen.text((480 + dx, 60 + dy), "职工大讲堂签到表", font=typeface(44), fill=(30, 30, 30), anchor="mm")
    rows, columns = chance.randint(9, 14), chance.randint(4, 6)
    for row in range(rows + 1):
        pen.line((60 + dx, 110 + dy + row * 40, 900 + dx, 110 + dy + row * 40), fill=(60, 60, 60), width=2)
    for column in range(columns + 1):
        x = 60 + dx + 840 * column // columns
        pen.line((x, 110 + dy, x, 110 + dy + rows * 40), fill=(60, 60, 60), width=2)
    for row in range(chance.randint(3, rows)):
        for column in range(columns):
            words = "".join(chance.choice(TEXT) for _ in range(chance.randint(2, 4)))
            place = (75 + dx + 840 * column // columns, 116 + dy + row * 40)
            pen.text(place, words, font=typeface(26), fill=(20, 30, 90))
    return _photographed(image, chance)


def _crowd(number: int) -> bytes:
    chance = Random(number)
    image = Image.new("RGB", (WIDTH, HEIGHT), tuple(chance.randint(120, 230) for _ in range(3)))
    pen = ImageDraw.Draw(image)
    horizon = chance.randint(180, 360)
    pen.rectangle((0, horizon, WIDTH, HEIGHT), fill=tuple(chance.randint(60, 160) for _ in range(3)))
    for _ in range(chance.randint(25, 160)):
        y = chance.uniform(horizon, HEIGHT)
        size = 14 + 60 * (y - horizon) / (HEIGHT - horizon)
        x = chance.uniform(0, WIDTH)
        clothes = tuple(chance.randint(0, 255) for _ in range(3))
        pen.ellipse((x - size, y, x + size, y + 3 * size), fill=clothes)
        pen.ellipse((x - size / 2, y - size, x + size / 2, y + size / 4), fill=(216, 176, 150))
    return _photographed(image, chance)


def _street(number: int) -> bytes:
    chance = Random(number)
    sky = tuple(chance.randint(140, 250) for _ in range(3))
    image = Image.new("RGB", (WIDTH, HEIGHT), sky)
    pen = ImageDraw.Draw(image)
    x = 0
    while x < WIDTH:
        w, top = chance.randint(70, 240), chance.randint(40, 380)
        wall = tuple(chance.randint(60, 220) for _ in range(3))
        pen.rectangle((x, top, x + w, 520), fill=wall)
        step = chance.randint(22, 46)
        for wx in range(x + 10, x + w - 14, step):
            for wy in range(top + 12, 500, step):
                pen.rectangle(
                    (wx, wy, wx + 12, wy + 16), fill=tuple(chance.randint(30, 240) for _ in range(3))
                )
        x += w
    pen.polygon([(0, 520), (WIDTH, 520), (WIDTH, HEIGHT), (0, HEIGHT)], fill=(90, 90, 95))
    for _ in range(chance.randint(1, 9)):
        cx, cy = chance.randint(0, WIDTH), chance.randint(530, 680)
        pen.rounded_rectangle(
            (cx, cy, cx + 130, cy + 50), 16, fill=tuple(chance.randint(0, 255) for _ in range(3))
        )
    return _photographed(image, chance)


def _photographed(image: Image.Image, chance: Random) -> bytes:
    """Unevenly lit, a little soft, with grain."""
    noise = np.random.default_rng(chance.randrange(2**32))
    slope = np.linspace(chance.uniform(0.75, 1), chance.uniform(0.75, 1), WIDTH)[None, :, None]
    seen = np.asarray(image.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) * slope
    seen += noise.normal(0, 5, seen.shape)
    return _jpeg(Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)), 80)


MAKERS: Sequence[Callable[[int], bytes]] = (*([_scene] * 5), _letter, _sheet, _crowd, _street)
PAPER = 5


if __name__ == "__main__":
    main()
