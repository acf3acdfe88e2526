"""Every rule of the layout check stands in docs/layout.md under its name, and no other."""

from __future__ import annotations

import re

from django.utils import translation

from jiangong.governance.reports.rules import layout
from jiangong.governance.reports.rules.measuring.findings import RULES
from tests.docs.documents import SOURCE, rows, text_of

FOLDER = SOURCE / "governance" / "reports" / "rules" / "measuring"


def test_every_rule_is_told_under_its_name() -> None:
    with translation.override("en"):
        assert {row[0]: row[1] for row in rows("docs/layout.md")} == {
            code: str(name) for code, name in RULES.items()
        }


def test_every_rule_is_looked_at_somewhere() -> None:
    sources = [path.read_text("utf-8") for path in FOLDER.glob("*.py") if path.name != "findings.py"]
    used = {code for source in sources for code in re.findall(r'"(G\d\d)"', source)}
    assert used == set(RULES)


def test_the_measures_told_are_those_of_the_code() -> None:
    text = text_of("docs/layout.md")
    for measure in (layout.TOP, layout.LEFT, layout.AREA_WIDTH, layout.MARK_TOP, layout.PAGE_NUMBER_GAP):
        assert f"{measure.mm} mm" in text
