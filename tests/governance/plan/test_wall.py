"""The wall page: what hangs there, who may see it, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from jiangong.books.figures.queries import figures_of
from jiangong.books.ledger import operations as ledger
from jiangong.governance.plan import operations, queries
from jiangong.governance.plan.models import Wall
from jiangong.governance.plan.operations import walls
from jiangong.governance.plan.queries import WallPage
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.errors import DomainError, Forbidden, StaleForm
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import Activity, ActivityKind
from jiangong.work.activities.operations import VenueContent
from jiangong.work.activities.queries import shown_activities, venue_places
from jiangong.work.activities.rules import AUDIENCE
from tests.conftest import AT, DAY, TODAY, MakeRecord
from tests.governance.plan.conftest import END, START, Planning
from tests.governance.plan.test_operations import breaks
from tests.governance.plan.test_pages import text
from tests.governance.plan.test_seeing import address, target

ClientOf = Callable[[str], Client]


def wall(planning: Planning, by: str = "head") -> WallPage:
    return queries.wall_page(actor=planning.cast[by], uuid=planning.campaign.uuid, on=TODAY, read_at=AT)


def set_wall(planning: Planning, *figures: str, version: int = 0, by: str = "head") -> Wall:
    return operations.set_wall(
        actor=planning.cast[by], campaign=planning.campaign.uuid, version=version, figures=figures, at=AT
    )


def add_venue(planning: Planning, name: str, latitude: str, longitude: str) -> int:
    content = VenueContent(name, DAY, "hall", latitude=Decimal(latitude), longitude=Decimal(longitude))
    clerk = planning.cast["clerk"]
    record = activities.enter_venue(
        actor=clerk, uuid=uuid4(), unit_id=planning.world.union.pk, content=content, at=AT, today=TODAY
    )
    ledger.submit_record(actor=clerk, record_id=record.pk, at=AT)
    ledger.confirm_record(actor=planning.head, record_id=record.pk, at=AT)
    return record.pk


def test_it_shows_what_the_targets_name_until_figures_are_chosen(
    planning: Planning, make_record: MakeRecord
) -> None:
    make_record(audience=50)
    federation = planning.world.federation.pk
    planning.add("受众", **target(planning, 200, target_unit_id=federation))
    planning.issue()
    first = wall(planning).figures[0]
    assert (first.value, first.aim, first.share) == ("50", "200", 25)
    assert len(wall(planning).figures) == 6
    set_wall(planning, "activities.held", AUDIENCE)
    assert [figure.value for figure in wall(planning).figures] == ["1", "50"]
    assert breaks() == []
    event = AuditEvent.objects.get(verb="wall.set")
    assert event.detail == {"figures": ["activities.held", AUDIENCE]}


@pytest.mark.parametrize(
    ("figures", "refusal"),
    [
        ((AUDIENCE, AUDIENCE), walls.FigureTwice),
        (("no.such",), walls.FigureNotOffered),
    ],
)
def test_what_cannot_hang_is_refused(
    planning: Planning, figures: tuple[str, ...], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        set_wall(planning, *figures)
    assert not Wall.objects.exists()


def test_more_than_nine_figures_are_refused(planning: Planning) -> None:
    codes = [figure.code for figure in figures_of(unit_id=planning.world.federation.pk)]
    with pytest.raises(walls.TooManyFigures):
        set_wall(planning, *codes[:10])
    set_wall(planning, *codes[:9])


def test_an_overtaken_form_and_who_does_not_plan_are_refused(planning: Planning) -> None:
    set_wall(planning, AUDIENCE)
    with pytest.raises(StaleForm):
        set_wall(planning)
    with pytest.raises(Forbidden):
        set_wall(planning, version=1, by="clerk")


def test_the_form_chooses_figures_and_tells_what_is_wrong(planning: Planning, client_of: ClientOf) -> None:
    client, where = client_of("head"), address("wall_settings", planning)
    assert "指标9" in text(client, where)
    refused = client.post(where, {"version": 0, "figure_1": AUDIENCE, "figure_4": AUDIENCE})
    assert refused.status_code == 422
    assert "同一指标选了两次" in refused.content.decode()
    assert client.post(where, {"version": 0, "figure_2": AUDIENCE}).status_code == 302
    assert Wall.objects.get().figures == [AUDIENCE]
    assert client.post(where, {"version": 0, "figure_2": AUDIENCE}).status_code == 409


def test_only_whose_role_reaches_the_federation_sees_it(planning: Planning, client_of: ClientOf) -> None:
    planning.issue_with("任务")
    for name in ("head", "auditor"):
        assert "阵地分布" in text(client_of(name), address("wall", planning))
    for name in ("clerk", "reviewer", "stranger"):
        text(client_of(name), address("wall", planning), status=403)
        assert address("wall", planning) not in text(client_of(name), address("overview", planning))
    assert client_of("head").post(address("wall", planning)).status_code == 405


def test_places_are_confirmed_venues_with_what_they_saw(planning: Planning, make_record: MakeRecord) -> None:
    venue = add_venue(planning, "供电公司大讲堂", "32.78", "119.45")
    add_venue(planning, "城北大讲堂", "32.88", "119.55")
    record = make_record(title="在大讲堂的一课")
    record.activity.venue_id = venue
    record.activity.save()
    found = {place.name: (place.count, place.x, place.y) for place in wall(planning).places}
    assert found.keys() == {"供电公司大讲堂", "城北大讲堂"}
    assert [found[name][0] for name in ("供电公司大讲堂", "城北大讲堂")] == [1, 0]
    assert float(found["供电公司大讲堂"][1]) < float(found["城北大讲堂"][1])
    assert float(found["供电公司大讲堂"][2]) > float(found["城北大讲堂"][2])


def test_places_are_read_in_four_statements_however_many_there_are(
    planning: Planning, make_record: MakeRecord, django_assert_num_queries: Callable[[int], Any]
) -> None:
    venues = [add_venue(planning, f"大讲堂{number}", f"32.{70 + number}", "119.45") for number in range(9)]
    for place, title in ((0, "第一课"), (0, "第二课"), (8, "第三课"), (8, "未确认的课")):
        record = make_record(title=title, state="submitted" if "未" in title else "confirmed")
        Activity.objects.filter(pk=record.pk).update(venue=venues[place])
    with django_assert_num_queries(4):
        found = venue_places(planning.head, planning.world.federation.pk, START, END)
    assert [place.count for place in found] == [2, *[0] * 7, 1]


def test_photos_are_the_newest_of_confirmed_records(planning: Planning, make_record: MakeRecord) -> None:
    make_record(title="早些的", day=date(2020, 4, 1), photos=2)
    make_record(title="新的", day=DAY)
    make_record(title="未确认的", state="submitted")
    make_record(title="退回的", state="returned")
    make_record(title="撤销的", state="withdrawn")
    assert [photo.title for photo in wall(planning).photos] == ["新的", "早些的"]


def test_what_tells_of_help_never_hangs_there(planning: Planning, make_record: MakeRecord) -> None:
    for kind in ("visit", "household_visit"):
        record = make_record(title="走访")
        record.activity.kind = ActivityKind.objects.get(book=planning.world.book, code=kind)
        record.activity.save()
    assert not shown_activities(planning.world.federation.pk).exists()
    assert wall(planning).photos == []


@pytest.mark.parametrize(("value", "said"), [(9_999_999, "9,999,999"), (123_456_789, "12,346万"), (0, "0")])
def test_numbers_stay_readable_from_afar(value: int, said: str) -> None:
    assert queries.wall._digits(Decimal(value)) == said


def test_a_campaign_to_come_and_one_without_a_programme_hang_too(planning: Planning) -> None:
    page = queries.wall_page(
        actor=planning.head, uuid=planning.campaign.uuid, on=date(2019, 6, 1), read_at=AT
    )
    assert (page.total, page.progress, page.period.since) == (0, None, page.period.until)
