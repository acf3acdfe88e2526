"""Which photos look alike: what a picture shows as a few bits, and the search for it among a million."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 64
KEPT = 16
WORDS = 2
SMALLEST = 32
FAINTEST = 0.1
USUAL_BITS = 24
MOST_BITS = 30
CUT = 0.06
CORNERS = ((0.5, 0.5), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
WINDOWS = 1 + len(CORNERS)
SIZE = WINDOWS * WORDS * 8
PAIRS = (*((0, window) for window in range(WINDOWS)), *((window, 0) for window in range(1, WINDOWS)))
BLOCK = 65_536

Bits = NDArray[np.uint64]


def likeness(image: Image.Image) -> bytes | None:
    """128 bits of the whole picture, then of its middle and its four corners, each 6 % less wide and high.

    The bits say which of the lowest frequencies of a cosine transform stand out: the 64 lowest first. The
    windows are there for pictures that were cropped. None for what shows too little to be told from others: a
    side below 32 pixels, or one even surface. docs/decisions/0008 has the figures.
    """
    if min(image.size) < SMALLEST:
        return None
    grey = image.convert("L")
    whole = _frequencies(grey)
    if float(np.median(np.abs(whole))) < FAINTEST:
        return None
    parts = [whole, *(_frequencies(window) for window in _windows(grey))]
    return b"".join(_bits(part) for part in parts)


def distance(one: bytes, other: bytes) -> int:
    """How many bits differ."""
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).bit_count()


def first_within(within: int) -> int:
    """The lowest frequencies bear an alteration best, so most of what differs has to be in the others."""
    return within * 3 // 5


def nearest(one: bytes, other: bytes, *, within: int) -> int | None:
    """The distance of the two windows that fit best, one of which is a whole picture; None beyond `within`."""
    album = Album()
    album.add([1], [other])
    return album.alike(one, within=within).get(1)


class Album:
    """The bits of many pictures in memory, 100 bytes each, by the number of their row."""

    def __init__(self) -> None:
        self.count = 0
        self._blocks: list[tuple[NDArray[np.uint32], Bits]] = []

    def add(self, numbers: Sequence[int], likenesses: Sequence[bytes]) -> None:
        rows = np.frombuffer(b"".join(likenesses), dtype=np.uint64).reshape(-1, WINDOWS, WORDS)
        done = 0
        while done < len(rows):
            free = self.count % BLOCK
            if free == 0:
                self._blocks.append(
                    (np.zeros(BLOCK, dtype=np.uint32), np.zeros((WINDOWS, WORDS, BLOCK), np.uint64))
                )
            taken = min(BLOCK - free, len(rows) - done)
            known, bits = self._blocks[-1]
            known[free : free + taken] = numbers[done : done + taken]
            bits[:, :, free : free + taken] = rows[done : done + taken].transpose(1, 2, 0)
            self.count += taken
            done += taken

    def alike(self, one: bytes, *, within: int) -> dict[int, int]:
        """Number → distance of what is within so many of 128 bits, and `first_within` in the first 64."""
        wanted = np.frombuffer(one, dtype=np.uint64).reshape(WINDOWS, WORDS)
        found: dict[int, int] = {}
        for start, (numbers, bits) in enumerate(self._blocks):
            filled = min(BLOCK, self.count - start * BLOCK)
            for places, far in _near(wanted, bits[:, :, :filled], within):
                for number, bits_apart in zip(numbers[places].tolist(), far.tolist(), strict=True):
                    found[number] = min(bits_apart, found.get(number, bits_apart))
        return found


def _near(wanted: Bits, bits: Bits, within: int) -> Iterator[tuple[NDArray[np.intp], NDArray[np.uint8]]]:
    """Every window against the other's whole: the first word of all, the second of the few that are left."""
    apart, low = np.empty(bits.shape[2], np.uint64), np.empty(bits.shape[2], np.uint8)
    first = first_within(within)
    for here, there in PAIRS:
        np.bitwise_xor(bits[there, 0], wanted[here, 0], out=apart)
        np.bitwise_count(apart, out=low)
        if low.min() > first:
            continue
        places = np.flatnonzero(low <= first)
        far = low[places] + np.bitwise_count(bits[there, 1, places] ^ wanted[here, 1])
        yield places[far <= within], far[far <= within]


def _windows(grey: Image.Image) -> Iterator[Image.Image]:
    spare = (grey.width * CUT, grey.height * CUT)
    for x, y in CORNERS:
        left, top = round(spare[0] * x), round(spare[1] * y)
        yield grey.crop((left, top, left + round(grey.width - spare[0]), top + round(grey.height - spare[1])))


def _frequencies(grey: Image.Image) -> NDArray[np.float32]:
    waves = _waves()
    points = np.asarray(grey.resize((SIDE, SIDE), Image.Resampling.BOX), dtype=np.float32)
    return np.asarray((waves @ points @ waves.T).ravel()[_lowest()], dtype=np.float32)


def _bits(found: NDArray[np.float32]) -> bytes:
    """Each word beside its own median, so that half of its bits are set."""
    words = found.reshape(WORDS, 64)
    return np.packbits(words > np.median(words, axis=1, keepdims=True)).tobytes()


@cache
def _waves() -> NDArray[np.float32]:
    """The cosine transform's rows 1 to 16; row 0 is brightness alone, which says nothing."""
    points = np.arange(SIDE) * 2 + 1
    rows = np.arange(1, KEPT + 1)[:, None]
    return np.asarray(np.cos(np.pi / (2 * SIDE) * rows * points) * (2 / SIDE), dtype=np.float32)


@cache
def _lowest() -> NDArray[np.intp]:
    """The 128 lowest of the 256 frequencies, square by square, so that the first 64 are the 8 × 8 lowest."""
    order = sorted(((x, y) for x in range(KEPT) for y in range(KEPT)), key=lambda at: (max(at), at))
    return np.array([x * KEPT + y for x, y in order[: WORDS * 64]])
