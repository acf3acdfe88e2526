"""`jiangong figures`: every figure of a unit and period."""

from __future__ import annotations

import argparse
from typing import Any

from jiangong.books.figures import queries
from jiangong.books.figures.queries import FigureReading
from jiangong.config.commands.common import Branches, add_reading, reading_of, say, say_json
from jiangong.ground.shared import clock
from jiangong.ground.shared.rules.numbers import grouped


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("figures", help="print every figure of a unit and period")
    add_reading(parser)
    parser.add_argument("--whole", action="store_true", help="leave out the facets")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    reading = reading_of(options)
    keys = queries.all_keys(unit_id=reading.unit_id, facets=not options.whole)
    figures = queries.read_compared(keys=keys, reading=reading, on=clock.today())
    if options.json:
        say_json([as_json(figure) for figure in figures])
        return 0
    for figure in figures:
        value = "—" if figure.value is None else grouped(figure.value)
        say(f"{figure.name}\t{value}\t{figure.unit_of_measure}\t{figure.key}")
        for finding in figure.findings:
            say(f"  {finding.code} {finding.severity}: {finding.text}")
    return 0


def as_json(figure: FigureReading) -> dict[str, Any]:
    return {
        "code": str(figure.key),
        "name": figure.name,
        "value": None if figure.value is None else str(figure.value.normalize().__format__("f")),
        "unit_of_measure": figure.unit_of_measure,
        "numerator": str(figure.numerator.__format__("f")),
        "denominator": None if figure.denominator is None else str(figure.denominator.__format__("f")),
        "entries": figure.entries,
        "since": figure.reading.since.isoformat(),
        "until": figure.reading.until.isoformat(),
        "position": figure.position,
        "findings": [
            {"code": f.code, "severity": str(f.severity), "text": f.text, "compared": list(f.compared)}
            for f in figure.findings
        ],
    }
