"""The month that is closed and then corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client

from jiangong.books.figures import queries as figures
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger.models import Amendment, Closing
from jiangong.books.ledger.queries import proof
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import MakeRecord, World
from tests.work.activities.test_change import again

MARCH = date(2020, 3, 10)


def audience(world: World, *, as_of: int | None = None) -> int:
    found = figures.read_figure(key=FigureKey(AUDIENCE), reading=world.reading(as_of=as_of))
    assert found.value is not None
    return int(found.value)


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_what_was_told_stays_told_and_what_came_late_stands_beside_it(
    client_of: Callable[[str], Client], world: World, make_record: MakeRecord
) -> None:
    record = make_record(audience=80, day=MARCH)
    clerk, head, reviewer = client_of("clerk"), client_of("head"), client_of("reviewer")
    assert clerk.get("/closing/").status_code == 403
    closed = head.post("/closing/", {"until_month": "202003", "sure": "on"}, follow=True)
    assert "2020年3月31日" in closed.content.decode()
    position = Closing.objects.order_by("-last_day")[0].position

    # the clerk counted a row twice, and says so a month late
    form = again(
        world, record, happened_on=MARCH.isoformat(), activities__audience="62", reason="重复数了一排"
    )
    assert clerk.post(f"/activities/{record.pk}/change/", form).status_code == 302
    amendment = Amendment.objects.get()
    page = text(reviewer, f"/queue/{record.pk}/")
    assert "2020年3月31日" in page, "whoever decides reads that it restates a closed month"
    assert "结账" in page
    reviewer.post(f"/amendments/{amendment.pk}/accept/", {"next": ""})

    assert audience(world) == 62
    assert audience(world, as_of=position) == 80, "as it was told when the month was closed"
    shown = text(head, f"/ledger/{AUDIENCE}/?unit={world.federation.pk}&since=2020-01-01&until=2020-12-31")
    restated = shown.partition("结账后更正")[2]
    assert "80" in restated
    assert "62" in restated
    assert form["title"] in text(client_of("auditor"), "/closing/")
    assert "重复数了一排" in text(head, f"/records/{record.pk}/"), "with the reason that was given"
    assert not list(proof.record_breaks())
    assert not list(proof.balance_breaks())


def test_a_record_that_was_forgotten_comes_late_with_a_reason(
    client_of: Callable[[str], Client], world: World, make_record: MakeRecord
) -> None:
    make_record(audience=80, day=MARCH)
    head, reviewer = client_of("head"), client_of("reviewer")
    head.post("/closing/", {"until_month": "202003", "sure": "on"})
    late = make_record(audience=30, day=MARCH, state="submitted", title="补录的讲座")
    confirm = f"/records/{late.pk}/confirm/"
    reviewer.post(confirm, {"version": str(late.version), "override": ""})
    assert audience(world) == 80
    reviewer.post(confirm, {"version": str(late.version), "override": "基层漏报"})
    assert audience(world) == 110
    assert "补录的讲座" in text(head, "/closing/")


def test_only_who_leads_closes_and_only_what_is_over(
    client_of: Callable[[str], Client], world: World
) -> None:
    client_of("auditor").post("/closing/", {"until_month": "202003", "sure": "on"})
    client_of("head").post("/closing/", {"until_month": "209901", "sure": "on"})
    client_of("head").post("/closing/", {"until_month": "202003"})
    assert not Closing.objects.exists()
