"""Reading the ledger for a text: what it costs as the text grows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.governance.reports import queries
from jiangong.governance.reports.queries import TextCheck
from jiangong.governance.reports.rules.checking import Verdict
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules.periods import Period
from tests.conftest import DAY, MakeRecord, World

PERIOD = Period(DAY.replace(month=1, day=1), DAY.replace(month=12, day=31))


def counted(world: World, actor: Actor, *, text: str) -> tuple[TextCheck, int]:
    with CaptureQueriesContext(connection) as captured:
        found = queries.text_check(actor=actor, text=text, unit=world.federation, period=PERIOD)
    return found, len(captured)


@pytest.mark.parametrize("said,verdict", [(80, Verdict.AGREES), (90, Verdict.DIFFERS)])
def test_a_thousand_claims_cost_as_many_statements_as_fifty(
    world: World, cast: dict[str, Actor], make_record: MakeRecord, said: int, verdict: Verdict
) -> None:
    """Of those that differ, only the first are followed back to when the ledger agreed."""
    make_record(audience=80)
    sentence = f"举办职工大讲堂，受众{said}人次。\n"
    counted(world, cast["head"], text=sentence)
    few, statements = counted(world, cast["head"], text=sentence * 50)
    many, same = counted(world, cast["head"], text=sentence * 1000)
    assert (len(few.checked.claims), len(many.checked.claims)) == (50, 1000)
    assert {claim.verdict for claim in many.checked.claims} == {verdict}
    assert statements == same
