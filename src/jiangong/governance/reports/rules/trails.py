"""What stands behind each figure of a text, as plain data, and as the annex that prints it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from jiangong.governance.reports.rules.blocks import (
    Annex,
    Block,
    Heading,
    TableBlock,
    text_paragraph,
)
from jiangong.governance.reports.rules.frozen import Content, UsedFigure
from jiangong.governance.reports.rules.titles import spoken_period
from jiangong.ground.shared.rules.periods import Period

TITLE = "数据来源"
HEADS = ("日期", "单位", "事项", "数量")
WIDTHS = (20, 25, 40, 15)


@dataclass(frozen=True, slots=True)
class Line:
    """A record: its day, its unit, what it was, and what it gave to the figure, with unit of measure."""

    day: str
    unit: str
    title: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Trail:
    """One figure of a text. `places`: the paragraphs that print it, `phrases`: in which words."""

    name: str
    phrases: tuple[str, ...]
    places: tuple[int, ...]
    value: str
    unit_of_measure: str
    unit_name: str
    since: date
    until: date
    formula: str
    position: int
    records: int
    lines: tuple[Line, ...] = ()

    @property
    def exact(self) -> str:
        return f"{self.value}{self.unit_of_measure}" if self.value else "—"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def left_out(self) -> int:
        return max(0, self.records - len(self.lines))

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"since": self.since.isoformat(), "until": self.until.isoformat()}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Trail:
        return cls(
            **content
            | {
                "phrases": tuple(content["phrases"]),
                "places": tuple(content["places"]),
                "since": date.fromisoformat(content["since"]),
                "until": date.fromisoformat(content["until"]),
                "lines": tuple(Line(**line) for line in content["lines"]),
            }
        )


def as_json(trails: Iterable[Trail]) -> list[dict[str, Any]]:
    return [trail.as_json() for trail in trails]


def from_json(content: Iterable[dict[str, Any]]) -> tuple[Trail, ...]:
    return tuple(Trail.from_json(one) for one in content)


def identity(used: UsedFigure) -> tuple[str, int, date, date]:
    """Printed twice in two wordings it is one figure."""
    return used.key, used.unit_id, used.since, used.until


def unexplained(content: Content) -> dict[tuple[str, int, date, date], Trail]:
    """Each figure once, in the order of the text, with what the text itself tells of it."""
    found: dict[tuple[str, int, date, date], Trail] = {}
    for place, number in _printed(content):
        used = content.figures[number]
        known = found.get(identity(used)) or _begun(used)
        found[identity(used)] = replace(
            known, places=_with(known.places, place), phrases=_with(known.phrases, used.phrase)
        )
    return found


def _printed(content: Content) -> Iterator[tuple[int, int]]:
    """(paragraph, figure) for each figure that is printed; headings count with the paragraph after them."""
    paragraph = 0
    for section in content.sections:
        paragraph += not section.level
        for part in section.parts:
            if part.figure is not None:
                yield max(paragraph, 1), part.figure


def _begun(used: UsedFigure) -> Trail:
    return Trail(
        name=used.name,
        phrases=(),
        places=(),
        value="" if used.value is None else _plain(used.value),
        unit_of_measure=used.unit_of_measure,
        unit_name=used.unit_name,
        since=used.since,
        until=used.until,
        formula="",
        position=used.position,
        records=0,
    )


def _with(known: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return known if one in known else (*known, one)


def _plain(value: Decimal) -> str:
    return f"{value:,f}" if value != value.to_integral_value() else f"{value:,.0f}"


def as_annex(trails: Sequence[Trail]) -> Annex:
    return Annex(TITLE, tuple(_blocks(trails)))


def _blocks(trails: Sequence[Trail]) -> Iterator[Block]:
    for number, trail in enumerate(trails, start=1):
        places = "、".join(f"第{place}段" for place in trail.places)
        yield Heading(3, f"{number}.{trail.name}：{trail.exact}")
        yield text_paragraph(f"正文{places}，印作{'、'.join(f'“{phrase}”' for phrase in trail.phrases)}。")
        yield text_paragraph(
            f"统计范围：{trail.unit_name}；统计期：{spoken_period(trail.period)}。计算方法：{trail.formula}"
            f"截至第{trail.position}号凭证，依据记录{trail.records}条。"
        )
        if trail.lines:
            rows = tuple((line.day, line.unit, line.title, line.quantity) for line in trail.lines)
            yield TableBlock(HEADS, rows, WIDTHS)
        if trail.lines and trail.left_out:
            yield text_paragraph(f"以上为最近{len(trail.lines)}条，其余{trail.left_out}条从略。")
