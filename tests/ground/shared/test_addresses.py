"""Links keep the unit and the period that are looked at."""

from __future__ import annotations

import pytest

from jiangong.ground.shared.rules.addresses import keeping, looked_at_in

LOOKED_AT = {"unit": "7", "since": "2018-01-01", "until": "2020-12-31"}
QUERY = "unit=7&since=2018-01-01&until=2020-12-31"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/ledger/", f"/ledger/?{QUERY}"),
        ("/queue/?tab=drafts", f"/queue/?tab=drafts&{QUERY}"),
        ("/records/1/#evidence", f"/records/1/?{QUERY}#evidence"),
        ("/ledger/?unit=9", "/ledger/?unit=9&since=2018-01-01&until=2020-12-31"),
    ],
)
def test_an_address_takes_along_what_it_does_not_say_itself(address: str, kept: str) -> None:
    assert keeping(address, LOOKED_AT) == kept


def test_nothing_looked_at_changes_nothing() -> None:
    assert keeping("/queue/?tab=drafts", {}) == "/queue/?tab=drafts"


def test_only_unit_and_period_are_read_from_an_address() -> None:
    assert looked_at_in(f"/records/?words=x&{QUERY}&page=2") == LOOKED_AT
