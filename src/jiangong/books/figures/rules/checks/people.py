"""Counts of people."""

from __future__ import annotations

import re

from jiangong.books.figures.rules.checks.words import InText, clause_at
from jiangong.books.figures.rules.claims import claims
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

STOCK = re.compile(
    "建档|在档|在册|现有|实有|在岗|在职(?!培训)|拥有|在编|在籍|常住|(?:职工|会员|党员|员工|志愿者|劳模)总数|共有(?:在职|女|工会)?(?:职工|会员|党员|员工|劳模|志愿者)"
)
FLOW = re.compile("慰问|帮扶|救助|走访|培训|服务|发放|参加|参与|受众|活动|补助|看望|宣讲|接待|咨询")


def people_within_population(
    *, what: Text, value: int, population: int, place: str, on: str, field: str = ""
) -> list[Finding]:
    """Nobody reaches more people than live in the scope, on one occasion or, unless said otherwise, over a period.

    domain.md §11.2, P1.
    """
    if value <= population:
        return []
    text = _("%(what)s is %(value)s, more than all %(population)s people of %(place)s (%(on)s).") % {
        "what": what,
        "value": grouped(value),
        "population": grouped(population),
        "place": place,
        "on": on,
    }
    return [Finding("P1", Severity.ERROR, text, (str(value), str(population)), field)]


def person_times_of_a_stock(text: str) -> list[InText]:
    """Who is on file is counted in persons or households; 人次 counts what was done (domain.md §11.2, P5)."""
    if not STOCK.search(text):
        return []
    found = []
    for claim in claims(text):
        if claim.unit != "人次":
            continue
        clause = clause_at(text, claim.start, claim.end)
        if not STOCK.search(clause) or FLOW.search(clause):
            continue
        persons = claim.text.replace("人次", "人")
        sentence = _(
            "“%(number)s” counts who is there, so write %(persons)s or households: 人次 counts what was done."
        ) % {"number": claim.text, "persons": persons}
        found.append(
            InText("P5", Severity.WARNING, sentence, (claim.text, persons), start=claim.start, end=claim.end)
        )
    return found
