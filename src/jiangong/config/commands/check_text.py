"""`jiangong check-text FILE`: what a text claims, what the ledger says of it, and what is odd about it.

Exit codes: 0 clean, 1 findings, 2 the file or the unit cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiangong.config.commands.common import Branches, add_reading, reading_of, say, say_json
from jiangong.governance.reports import queries
from jiangong.governance.reports.queries import TextCheck
from jiangong.governance.reports.rules import opening
from jiangong.governance.reports.rules.checking import Claim, Mark, verdicts
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import SystemActor
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules.periods import Period

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
LONGEST_SHOWN = 40


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("check-text", help="hold a text against the ledger")
    parser.add_argument("file", type=Path, help=".txt, .docx, .pdf or .xlsx")
    add_reading(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    try:
        found = _checked(options)
    except DomainError as refusal:
        sys.stderr.write(f"jiangong: {refusal}\n")
        return UNREADABLE
    if options.json:
        say_json(as_json(found))
    else:
        _tell(found)
    return CLEAN if found.is_clean else FINDINGS


def _checked(options: argparse.Namespace) -> TextCheck:
    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise opening.FileMissing(path=options.file) from error
    text = opening.text_of(content, name=options.file.name)
    reading = reading_of(options)
    unit = Unit.objects.get(pk=reading.unit_id)
    period = Period(reading.since, reading.until)
    is_chosen = options.since is not None or options.until is not None
    return queries.text_check(
        actor=SystemActor(),
        text=text,
        unit=unit,
        period=period,
        as_of=reading.as_of,
        as_titled=not is_chosen,
    )


def as_json(found: TextCheck) -> dict[str, Any]:
    return {
        "unit": found.unit.code,
        "since": found.period.since.isoformat(),
        "until": found.period.until.isoformat(),
        "as_of": found.as_of,
        "claims": [_claim(found, claim) for claim in found.checked.claims],
        "findings": [_finding(found, mark) for mark in found.checked.marks],
    }


def _claim(found: TextCheck, claim: Claim) -> dict[str, Any]:
    bound = claim.bound
    return {
        "sentence": found.checked.sentence(claim),
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "sort": claim.sort.value,
        "value": _number(claim.value),
        "lower": _number(claim.lower),
        "upper": _number(claim.upper),
        "unit": claim.unit,
        "thing": claim.thing,
        "place": claim.place,
        "when": claim.span.text,
        "figure": bound.key if bound else None,
        "why": list(bound.why) if bound else [],
        "of": bound.unit_code if bound else "",
        "ledger": _number(claim.reading),
        "difference": _number(verdicts.difference(claim)),
        "fits": claim.fits,
        "agreed_until": claim.agreed_until.isoformat() if claim.agreed_until else None,
        "verdict": claim.verdict.value,
        "codes": claim.codes,
    }


def _finding(found: TextCheck, mark: Mark) -> dict[str, Any]:
    return {
        "code": mark.code,
        "severity": mark.severity.value,
        "text": str(mark.text),
        "start": mark.start,
        "end": mark.end,
        "quote": found.checked.source[mark.start : mark.end],
        "other": list(mark.other) if mark.other else None,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _tell(found: TextCheck) -> None:
    for claim in found.checked.claims:
        figure = claim.bound.key if claim.bound else "-"
        ledger = _number(claim.reading) or "-"
        difference = verdicts.difference(claim)
        if difference:
            ledger += f" ({difference.normalize():+f})"
        codes = " ".join(claim.codes)
        say(
            f"{claim.start}\t{claim.text[:LONGEST_SHOWN]}\t{claim.verdict.value}\t{figure}\t{ledger}\t{codes}"
        )
    for mark in found.checked.marks:
        quote = " ".join(found.checked.source[mark.start : mark.end].split())[:LONGEST_SHOWN]
        say(f"{mark.start}\t{mark.code}\t{quote}\t{mark.text}")
