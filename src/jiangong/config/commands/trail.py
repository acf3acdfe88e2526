"""`jiangong trail FIGURE`: the records behind a figure, with their evidence."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from jiangong.books.evidence import queries as evidence
from jiangong.books.figures.queries import pages, readings
from jiangong.books.figures.rules.catalogue import FigureKey, scaled
from jiangong.books.ledger.queries.totals import Reading
from jiangong.books.ledger.queries.trail import TrailLine
from jiangong.config.commands.common import Branches, add_reading, reading_of, say, say_json


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("trail", help="list the records behind a figure, newest first")
    parser.add_argument("figure", help="code, such as activities.audience or activities.audience@lecture")
    add_reading(parser)
    parser.add_argument("--measure", default="", help="of a ratio: which of its measures")
    parser.add_argument("--limit", type=int, default=50, help="at most so many records; 0 for all")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    reading, key = reading_of(options), FigureKey.parse(options.figure)
    figure = readings.read_figure(key=key, reading=reading)
    measure = options.measure if options.measure in figure.figure.all_measures else figure.figure.measures[0]
    if key.facet and pages.ledger_key(measure, key.facet) is None:
        raise readings.FigureUnknown(figure=str(key))
    lines = list(_lines(key, reading, measure, options.limit))
    exhibits = evidence.exhibits_of(line.record.pk for line in lines)
    rows = [_as_json(line, measure, exhibits.get(line.record.pk, [])) for line in lines]
    if options.json:
        say_json(rows)
        return 0
    for row in rows:
        files = ", ".join(exhibit["sha256"][:12] for exhibit in row["evidence"]) or "-"
        say(f"{row['day']}\t{row['quantity']}\t#{row['posting']}\t{row['unit']}\t{row['title']}\t{files}")
    return 0


def _lines(key: FigureKey, reading: Reading, measure: str, limit: int) -> Iterator[TrailLine]:
    after, count = "", 0
    while True:
        page = pages.trail(key=key, reading=reading, measure=measure, after=after, size=200)
        for line in page.lines:
            yield line
            count += 1
            if limit and count >= limit:
                return
        if not page.after:
            return
        after = page.after


def _as_json(line: TrailLine, measure: str, exhibits: list[Any]) -> dict[str, Any]:
    return {
        "record": str(line.record.uuid),
        "title": line.record.title,
        "unit": line.record.unit.name,
        "day": line.day.isoformat(),
        "quantity": str(scaled(line.quantity, measure)),
        "posting": line.posting,
        "evidence": [{"sha256": exhibit.file_id, "name": exhibit.name} for exhibit in exhibits],
    }
