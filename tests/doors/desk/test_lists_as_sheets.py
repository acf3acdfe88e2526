"""Every list can be taken out as it is filtered; whoever may not see it may not take it out either."""

from __future__ import annotations

from typing import Any

import pytest

from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import MakeRecord, World
from tests.doors.desk.asking import ClientOf
from tests.ground.sheets.files import cells_of

YEAR = "since=2020-01-01&until=2020-12-31"


def rows(client_of: ClientOf, name: str, address: str) -> list[list[Any]]:
    answer = client_of(name).get(f"/sheets/{address}")
    assert answer.status_code == 200
    return cells_of(answer.content)


def test_records_go_out_as_filtered(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="=HYPERLINK(0)")
    make_record(title="读书会", state="submitted")
    found = rows(client_of, "head", f"records/export/?{YEAR}")
    assert {row[2] for row in found[1:]} == {"=HYPERLINK(0)", "读书会"}
    assert [row[2] for row in rows(client_of, "head", f"records/export/?{YEAR}&state=submitted")[1:]] == [
        "读书会"
    ]
    assert len(rows(client_of, "head", f"records/export/?{YEAR}&words=读书")) == 2
    assert not any(row[2] for row in rows(client_of, "stranger", f"records/export/?{YEAR}")[1:])


def test_the_queue_goes_out_tab_by_tab(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="待入账", state="submitted")
    make_record(title="草稿", state="draft")
    assert [row[3] for row in rows(client_of, "reviewer", "queue/export/")[1:]] == ["待入账"]
    for tab, title in (("drafts", "草稿"), ("submitted", "待入账"), ("", "草稿")):
        assert [row[3] for row in rows(client_of, "clerk", f"queue/export/?tab={tab}")[1:]] == [title]


def test_a_figures_trail_is_all_that_makes_it_up(client_of: ClientOf, make_record: MakeRecord) -> None:
    for audience in (80, 45):
        make_record(audience=audience)
    found = rows(client_of, "head", f"trail/export/?{YEAR}&key={AUDIENCE}")[1:]
    assert sorted(int(row[5]) for row in found) == [45, 80]
    per = rows(client_of, "head", f"trail/export/?{YEAR}&key=activities.audience_per_session")[1:]
    assert sorted(int(row[5]) for row in per) == [1, 1, 45, 80]
    assert client_of("head").get(f"/sheets/trail/export/?{YEAR}&key=nothing.such").status_code == 404


def test_figures_and_their_rules_go_out(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(audience=80)
    found = {row[0]: row for row in rows(client_of, "head", f"figures/export/?{YEAR}&words=受众")[1:]}
    assert found[AUDIENCE][2:4] == [80, "人次"]
    rules = {row[0]: row[4] for row in rows(client_of, "head", f"rules/export/?{YEAR}")[1:]}
    assert "2,000" in rules["activities.audience_per_session"]


@pytest.mark.parametrize(
    ("sheet", "allowed"),
    [("rules", {"head", "administrator"}), ("accounts", {"administrator", "auditor", "security"})],
)
def test_lists_with_a_right_of_their_own(sheet: str, allowed: set[str], client_of: ClientOf) -> None:
    names = ("clerk", "reviewer", "head", "auditor", "administrator", "security")
    answers = {name: client_of(name).get(f"/sheets/{sheet}/export/").status_code for name in names}
    assert {name for name, status in answers.items() if status == 200} == allowed
    assert set(answers.values()) == {200, 403}


def test_accounts_go_out_with_their_roles(client_of: ClientOf, world: World) -> None:
    found = rows(client_of, "administrator", f"accounts/export/?unit={world.federation.pk}")[1:]
    assert {row[0] for row in found} >= {"clerk", "head"}
    assert all("（" in row[3] for row in found)
    named = rows(client_of, "administrator", f"accounts/export/?unit={world.federation.pk}&q=clerk")[1:]
    assert [row[0] for row in named] == ["clerk"]


def test_activities_go_out_as_filtered(client_of: ClientOf, make_record: MakeRecord) -> None:
    make_record(title="大讲堂第一讲")
    make_record(title="学习", kind="study", state="submitted")
    titles = {row[4] for row in rows(client_of, "head", f"activities/export/?{YEAR}")[1:]}
    assert titles == {"大讲堂第一讲", "学习"}
    for filters, title in (
        ("kind=study", "学习"),
        ("state=confirmed", "大讲堂第一讲"),
        ("q=第一", "大讲堂第一讲"),
    ):
        found = rows(client_of, "head", f"activities/export/?{YEAR}&{filters}")[1:]
        assert [row[4] for row in found] == [title]


@pytest.mark.parametrize(
    "address", ["/records/", "/queue/", "/ledger/", "/checks/", "/activities/", f"/ledger/{AUDIENCE}/"]
)
def test_their_pages_offer_it(address: str, client_of: ClientOf, world: World) -> None:
    assert "/export/" in client_of("head").get(address).content.decode()
