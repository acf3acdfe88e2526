"""A federation adds a measure and a kind of its own; what a clerk books with them is read by figures of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from jiangong.books.figures import queries as figures
from jiangong.books.figures.models import OwnFigure
from jiangong.books.figures.rules.catalogue import FigureKey
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Book, Measure, Record
from jiangong.books.ledger.queries import proof
from jiangong.governance.reports.queries.panel import figure_choices
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.rules import periods
from jiangong.ground.sheets.rules import Cell, Context, export, read_table
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.sheets.activities import SHEET
from tests.conftest import AT, DAY, TODAY, World
from tests.ground.sheets.files import cells_of
from tests.work.activities.typed import picture

ClientOf = Callable[[str], Client]
KIND = {
    "name": "义务植树",
    "name_en": "Tree planting",
    "icon": "plant-2",
    "order": "500",
    "photos": "1",
    "allows_online": "",
    "measure_0": "own.m1",
    "required_0": "on",
    "place_0": "1",
    "measure_1": "activities.audience",
    "place_1": "2",
    "act": "keep",
}


def add_measures(head: Client) -> None:
    trees = {
        "name": "植树棵数",
        "name_en": "Trees planted",
        "unit": "trees",
        "kind": "stock",
        "decimals": "0",
    }
    trees |= {"facet_source": "activities.community", "low": "1", "high": "500"}
    assert head.post("/measures/add/", trees).status_code == 302
    area = {"name": "绿化面积", "unit": "square_metres", "kind": "flow", "decimals": "1"}
    assert head.post("/measures/add/", area).status_code == 302


def book(client: Client, world: World, *, trees: str, people: str, version: int = 1) -> Record:
    form = {
        "uuid": str(uuid4()),
        "kind": f"own-1.{version}",
        "title": f"植树{trees}棵",
        "happened_on": DAY.isoformat(),
        "unit": str(world.union.pk),
        "community": str(world.community.pk),
        "own-m1": trees,
        "activities-audience": people,
        "basis": "head_count",
        "photos": [picture(int(trees))],
        "act": "submit",
    }
    answer = client.post("/activities/enter/own-1/", form)
    assert answer.status_code == 302, answer.content.decode()
    return Record.objects.latest("pk")


def value(world: World, code: str) -> str:
    key = FigureKey.parse(code)
    return str(figures.read_figure(key=key, reading=world.reading()).value)


def test_a_federation_counts_what_is_its_own(world: World, client_of: ClientOf) -> None:
    head, clerk, reviewer = client_of("head"), client_of("clerk"), client_of("reviewer")
    add_measures(head)
    assert head.post("/activities/kinds/add/", KIND).status_code == 302
    assert "义务植树" in clerk.get("/entry/").content.decode()

    record = book(clerk, world, trees="120", people="40")
    assert "植树棵数" in clerk.get(f"/records/{record.pk}/").content.decode()
    assert reviewer.post(f"/records/{record.pk}/confirm/", {"version": record.version}).status_code == 302
    assert value(world, "own.m1") == "120"
    assert value(world, f"own.m1@{world.community.code}") == "120"

    per = {"name": "人均植树", "form": "per", "measures": ["own.m1"], "over": ["activities.audience"]}
    assert head.post("/own-figures/define/", {**per, "decimals": "1", "unit": "棵/人次"}).status_code == 302
    code = OwnFigure.objects.get().code
    assert value(world, code) == "3.0"

    address = f"?unit={world.federation.pk}&since=2020-01-01&until=2020-12-31"
    for page in (f"/ledger/{address}", f"/checks/{address}", f"/ledger/{code}/{address}"):
        assert "人均植树" in head.get(page).content.decode()
    assert record.title in head.get(f"/ledger/own.m1/{address}").content.decode()
    picked = figure_choices(unit_id=world.federation.pk, period=periods.year(2020))
    assert {"own.m1", code} <= {choice.key for choice in picked}
    assert breaks() == []
    assert "人均植树" in next(choice for choice in picked if choice.key == code).wordings[0].token


def breaks() -> list[str]:
    return [*proof.chain_breaks(), *proof.record_breaks(), *proof.balance_breaks()]


def test_a_sheet_brings_in_kinds_and_quantities_of_ones_own(
    world: World, client_of: ClientOf, cast: dict[str, Actor]
) -> None:
    head = client_of("head")
    add_measures(head)
    head.post("/activities/kinds/add/", KIND | {"measure_1": "own.m2"})
    context = Context(actor=cast["clerk"], unit_id=world.union.pk, today=TODAY, at=AT)
    columns = SHEET.columns(context)
    cells: dict[str, Cell] = {
        "number": "1",
        "kind": "义务植树",
        "unit": "GD",
        "day": DAY,
        "own.m1": 30,
        "own.m2": 125,
    }
    content = export(title="活动", columns=columns, rows=[[cells.get(column.code) for column in columns]])
    assert 12.5 in cells_of(content)[1]
    table = read_table(stream=io.BytesIO(content), columns=columns)
    found = SHEET.check(context, table.rows)
    assert found.faults == []
    SHEET.apply(context, found.changes)
    ledger.confirm_records(
        actor=cast["reviewer"], record_ids=[Record.objects.get().pk], at=AT, override="旧账补录"
    )
    assert (value(world, "own.m1"), value(world, "own.m2")) == ("30", "12.5")
    assert breaks() == []


def test_a_changed_kind_changes_nothing_that_was_entered(world: World, client_of: ClientOf) -> None:
    head, clerk, reviewer = client_of("head"), client_of("clerk"), client_of("reviewer")
    add_measures(head)
    head.post("/activities/kinds/add/", KIND)
    before = book(clerk, world, trees="30", people="10")
    reviewer.post(f"/records/{before.pk}/confirm/", {"version": before.version})
    said = clerk.get(f"/records/{before.pk}/").content.decode()

    other = KIND | {"name": "绿化活动", "measure_0": "own.m2", "photos": "3", "version": "1"}
    assert head.post("/activities/kinds/own-1/change/", other).status_code == 302
    assert head.post("/activities/kinds/own-1/change/", other).status_code == 409
    again = clerk.get(f"/records/{before.pk}/").content.decode()
    assert [word in again for word in ("义务植树", "植树棵数", "绿化活动")] == [True, True, False]
    assert said.count("植树棵数") == again.count("植树棵数")
    assert value(world, "own.m1") == "30"
    current = ActivityKind.objects.get(code="own-1", is_current=True)
    assert (current.version, current.photos) == (2, 3)
    assert Measure.objects.filter(book=world.book).count() == 2
    assert Book.objects.get(pk=world.book.pk).position == 1
    assert breaks() == []


def test_a_form_made_before_the_change_is_shown_again_with_what_was_typed(
    world: World, client_of: ClientOf
) -> None:
    head, clerk = client_of("head"), client_of("clerk")
    add_measures(head)
    head.post("/activities/kinds/add/", KIND)
    book(clerk, world, trees="5", people="3")
    head.post("/activities/kinds/own-1/change/", KIND | {"name": "春季植树", "version": "1"})
    form = {"uuid": str(uuid4()), "kind": "own-1.1", "own-m1": "77", "happened_on": DAY.isoformat()}
    answer = clerk.post("/activities/enter/own-1/", form | {"unit": str(world.union.pk), "act": "submit"})
    assert answer.status_code == 409
    assert 'value="77"' in answer.content.decode()
    assert Record.objects.count() == 1
