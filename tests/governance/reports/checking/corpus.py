"""Passages with what stands in them marked, and how far a check finds the same.

`⟦300余名|+300 人 困难职工;!P6⟧`: a claim of more than 300 人 of 困难职工, and a finding P6 at the same place. `=` is
exact, `+` 余 or 多, `>` 超过, `~` 约, `<` 近, `-` 不足, `30..40` a range. A passage's name says in which half it is;
`held.txt` and `fresh.txt` were written after the grammar was settled.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from jiangong.books.figures.rules.numerals import Sense
from jiangong.governance.reports.rules import checking
from jiangong.governance.reports.rules.checking import Checked, Claim, Mark, Registry, Sort

FOLDER = Path(__file__).parent / "passages"
MARK = re.compile(r"⟦(?P<text>[^⟦⟧|]*)\|(?P<said>[^⟦⟧|]*)⟧")
SENSES = {
    "=": Sense.EXACT,
    "+": Sense.MORE,
    ">": Sense.OVER,
    "~": Sense.ABOUT,
    "<": Sense.NEAR,
    "-": Sense.UNDER,
}
REGISTRY = Registry(
    population=800_000,
    place="示例市",
    population_on="2019",
    audience=(5, 2000),
    since=date(2018, 1, 1),
    until=date(2020, 12, 31),
    places=("清水湾社区", "金桥社区", "望江村"),
)


@dataclass(frozen=True, slots=True)
class Expected:
    start: int
    end: int
    value: Decimal
    sense: Sense
    unit: str
    thing: str


@dataclass(frozen=True, slots=True)
class ExpectedMark:
    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True)
class Passage:
    name: str
    text: str
    claims: tuple[Expected, ...]
    marks: tuple[ExpectedMark, ...]

    @property
    def is_held_back(self) -> bool:
        return zlib.crc32(self.name.encode()) % 2 == 1


@dataclass(slots=True)
class Score:
    """Counts of what was found rightly, falsely, and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def passages(*, held_back: bool) -> list[Passage]:
    found = [passage for path in sorted(FOLDER.glob("*.txt")) for passage in _read(path.read_text("utf-8"))]
    return [passage for passage in found if passage.is_held_back == held_back]


def blind_sets() -> dict[str, list[Passage]]:
    """Sets that were marked and committed before the check read them (docs/text-check.md tells what it found)."""
    paths = sorted((FOLDER / "blind").glob("*.txt"))
    return {path.stem: list(_read(path.read_text("utf-8"))) for path in paths}


def _read(content: str) -> Iterator[Passage]:
    for block in content.split("=== ")[1:]:
        name, _newline, marked = block.partition("\n")
        yield _passage(name.strip(), marked.strip("\n"))


def _passage(name: str, marked: str) -> Passage:
    text, claims, marks, done = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        start, done = len(text), match.end()
        text += match["text"]
        for said in match["said"].split(";"):
            if said.startswith("!"):
                marks.append(ExpectedMark(start, len(text), said[1:]))
            elif said:
                claims.append(_claim(said, start, len(text)))
    return Passage(name, text + marked[done:], tuple(claims), tuple(marks))


def _claim(said: str, start: int, end: int) -> Expected:
    number, unit, thing = [*said.split(" "), "", ""][:3]
    if ".." in number:
        return Expected(start, end, Decimal(number.split("..")[0]), Sense.RANGE, unit, thing)
    return Expected(start, end, Decimal(number[1:]), SENSES[number[0]], unit, thing)


def checked(passage: Passage) -> Checked:
    return checking.check(passage.text, registry=REGISTRY)


@dataclass(slots=True)
class Result:
    """Of one passage: claims found, those with the right value and unit, things, findings; and what went wrong."""

    claims: Score
    values: Score
    things: Score
    findings: Score
    wrong: list[str]


def measured(passage: Passage) -> Result:
    found = checked(passage)
    wrong: list[str] = []
    counts = [claim for claim in found.claims if claim.sort in {Sort.COUNT, Sort.LIST, Sort.ROUND}]
    claims, values, things = _claims(passage, counts, wrong)
    findings = _marks(passage, found.marks, wrong)
    return Result(claims, values, things, findings, wrong)


def _claims(passage: Passage, found: Sequence[Claim], wrong: list[str]) -> tuple[Score, Score, Score]:
    left = list(found)
    claims, values, things = Score(), Score(), Score()
    for expected in passage.claims:
        claim = next((one for one in left if one.start < expected.end and expected.start < one.end), None)
        if claim is None:
            claims.missed += 1
            values.missed += 1
            wrong.append(f"{passage.name}: missed {passage.text[expected.start : expected.end]!r}")
            continue
        left.remove(claim)
        claims.right += 1
        if (claim.value, claim.sense, claim.unit) == (expected.value, expected.sense, expected.unit):
            values.right += 1
        else:
            values.false += 1
            values.missed += 1
            wrong.append(
                f"{passage.name}: {claim.text!r} read as {claim.sense.value} {claim.value} {claim.unit}"
            )
        if expected.thing:
            alike = expected.thing in claim.thing or (len(claim.thing) > 1 and claim.thing in expected.thing)
            things += Score(right=int(alike), false=int(not alike), missed=int(not alike))
            if not alike:
                wrong.append(f"{passage.name}: {claim.text!r} counts {claim.thing!r}, not {expected.thing!r}")
    claims.false += len(left)
    values.false += len(left)
    wrong += [f"{passage.name}: no claim {claim.text!r} {claim.sort.value}" for claim in left]
    return claims, values, things


def _marks(passage: Passage, found: Sequence[Mark], wrong: list[str]) -> Score:
    left = list(found)
    score = Score()
    for expected in passage.marks:
        mark = next(
            (
                one
                for one in left
                if one.code == expected.code and one.start < expected.end and expected.start < one.end
            ),
            None,
        )
        if mark is None:
            score.missed += 1
            wrong.append(
                f"{passage.name}: missed {expected.code} {passage.text[expected.start : expected.end]!r}"
            )
            continue
        left.remove(mark)
        score.right += 1
    score.false += len(left)
    wrong += [
        f"{passage.name}: no {mark.code} {passage.text[mark.start : mark.end]!r} {mark.text}" for mark in left
    ]
    return score
