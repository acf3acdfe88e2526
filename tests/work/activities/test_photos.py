"""What is odd about the photos of an activity: nearly the same elsewhere, another day, far from the venue."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities.models import Activity, Venue
from jiangong.work.activities.queries import activity_findings, activity_findings_of
from tests.books.evidence.altering import altered, scene
from tests.books.evidence.test_likeness import tied
from tests.conftest import AT, MakeRecord, World

GAOYOU = (Decimal("32.784900"), Decimal("119.443700"))
YANGZHOU = (Decimal("32.394200"), Decimal("119.412900"))
ODD = {"LOOKALIKE", "TAKEN", "FAR"}


def odd(record: Record) -> list[Finding]:
    """Asked for one record and for many; both say the same."""
    one = activity_findings(record)
    assert one == activity_findings_of([record])[record.pk]
    return [finding for finding in one if finding.code in ODD]


@pytest.fixture
def lecture(make_record: MakeRecord) -> Record:
    return make_record(photos=0, state="draft")


def held_at(record: Record, hall: Record, place: tuple[Decimal, Decimal]) -> None:
    Venue.objects.create(record=hall, kind="hall", latitude=place[0], longitude=place[1])
    Activity.objects.filter(pk=record.pk).update(venue=hall.pk)


def test_nearly_the_same_photo_under_another_record_is_pointed_out(
    cast: dict[str, Actor], lecture: Record, make_record: MakeRecord
) -> None:
    other = make_record(photos=0, state="draft", by="stranger", title="别处的活动")
    tied(cast["stranger"], other, scene(1))
    Record.objects.filter(pk=other.pk).update(state="submitted")
    tied(cast["clerk"], lecture, altered(scene(1), "cropped at the edges"))
    found = odd(lecture)
    assert [(finding.code, finding.severity) for finding in found] == [("LOOKALIKE", Severity.WARNING)]
    assert f"第 {other.pk} 号" in found[0].text or str(other.pk) in found[0].text
    assert found[0].href == f"/records/{other.pk}/"
    assert "别处的活动" not in found[0].text


def test_a_photo_of_another_day_is_pointed_out_with_both_days(
    cast: dict[str, Actor], lecture: Record
) -> None:
    tied(cast["clerk"], lecture, scene(1, taken_at=datetime(2020, 4, 12, 2, tzinfo=UTC)))
    tied(cast["clerk"], lecture, scene(2, taken_at=datetime(2020, 5, 2, 2, tzinfo=UTC)))
    found = odd(lecture)
    assert [(finding.code, finding.compared) for finding in found] == [
        ("TAKEN", ("2020-04-12", "2020-05-01"))
    ]


def test_the_federation_says_how_many_days_are_odd(
    cast: dict[str, Actor], lecture: Record, world: World
) -> None:
    tied(cast["clerk"], lecture, scene(1, taken_at=datetime(2020, 4, 30, 2, tzinfo=UTC)))
    assert odd(lecture) == []
    evidence.set_photo_rules(
        actor=cast["head"], federation_id=world.federation.pk, limits=PhotoLimits(days=0), at=AT
    )
    assert [finding.code for finding in odd(lecture)] == ["TAKEN"]


def test_a_photo_far_from_the_venue_is_pointed_out_with_both_places(
    cast: dict[str, Actor], lecture: Record, make_record: MakeRecord
) -> None:
    held_at(lecture, make_record(photos=0, state="draft"), GAOYOU)
    tied(cast["clerk"], lecture, scene(1, place=YANGZHOU))
    tied(cast["clerk"], lecture, scene(2, place=GAOYOU))
    found = odd(lecture)
    assert [finding.code for finding in found] == ["FAR"]
    assert found[0].compared == ("32.3942, 119.4129", "32.7849, 119.4437")
    assert "43.5" in found[0].text


def test_without_a_place_of_the_venue_or_of_the_photo_nothing_is_far(
    cast: dict[str, Actor], lecture: Record, make_record: MakeRecord
) -> None:
    tied(cast["clerk"], lecture, scene(1, place=YANGZHOU))
    assert odd(lecture) == []
    held_at(lecture, make_record(photos=0, state="draft"), GAOYOU)
    Record.objects.get(pk=lecture.pk).exhibits.all().update(removed_at=AT)
    tied(cast["clerk"], lecture, scene(2))
    assert odd(lecture) == []


def test_many_records_are_checked_in_the_same_number_of_statements(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    def statements(count: int) -> int:
        records = [make_record(photos=0, state="draft", day=date(2020, 4, 3)) for _ in range(count)]
        for number, record in enumerate(records):
            tied(cast["clerk"], record, altered(scene(1), "darker", quality=60 + number))
        Record.objects.all().update(state="submitted")
        with CaptureQueriesContext(connection) as seen:
            found: Any = activity_findings_of(records)
        assert all("LOOKALIKE" in {finding.code for finding in found[record.pk]} for record in records)
        return len(seen)

    assert statements(2) == statements(6)
