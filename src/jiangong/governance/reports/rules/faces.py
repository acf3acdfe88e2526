"""The official faces: their names in Word, the families of licensed files, and what stands in for missing ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FREE_SERIF, FREE_SANS = "Noto Serif SC", "Noto Sans SC"
LATIN: Final = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """`families`: under which names a licensed file may come; `alike`: other names of the same design in Word files."""

    code: str
    name: str
    families: tuple[str, ...]
    alike: tuple[str, ...]
    substitutes: tuple[str, ...]

    @property
    def stack(self) -> tuple[str, ...]:
        return (*self.families, *self.substitutes)

    def is_called(self, name: str) -> bool:
        return name.casefold() in {known.casefold() for known in (self.name, *self.families, *self.alike)}


TITLE: Final = Face(
    "title",
    "方正小标宋简体",
    ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05_GBK", "小标宋体", "小标宋", "方正小标宋"),
    (FREE_SERIF,),
)
FANGSONG: Final = Face(
    "fangsong",
    "仿宋_GB2312",
    ("FangSong_GB2312", "FangSong", "FZFangSong-Z02S", "STFangsong"),
    ("仿宋", "仿宋体", "方正仿宋简体", "方正仿宋_GBK", "华文仿宋", "FZFangSong-Z02"),
    (FREE_SERIF,),
)
KAI: Final = Face(
    "kai",
    "楷体_GB2312",
    ("KaiTi_GB2312", "KaiTi", "FZKai-Z03S", "STKaiti"),
    ("楷体", "方正楷体简体", "方正楷体_GBK", "华文楷体", "FZKai-Z03"),
    ("LXGW WenKai", FREE_SERIF),
)
HEI: Final = Face(
    "hei",
    "黑体",
    ("SimHei", "FZHei-B01S", "STHeiti"),
    ("方正黑体简体", "方正黑体_GBK", "华文黑体", "FZHei-B01"),
    (FREE_SANS,),
)
SONG: Final = Face(
    "song",
    "宋体",
    ("SimSun", "NSimSun", "FZShuSong-Z01S", "STSong"),
    ("新宋体", "方正书宋简体", "方正书宋_GBK", "华文宋体"),
    (FREE_SERIF,),
)
ALL: Final = (TITLE, FANGSONG, KAI, HEI, SONG)


def missing(families: Iterable[str]) -> tuple[Face, ...]:
    """Official faces that none of these families is."""
    known = frozenset(families)
    return tuple(face for face in ALL if not known.intersection(face.families))
