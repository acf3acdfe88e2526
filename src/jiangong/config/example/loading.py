"""How one planned activity is booked: by its clerk, with its photos, as people would."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from multiprocessing import get_context
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from jiangong.books.evidence import operations as evidence
from jiangong.books.evidence.rules import Caption
from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Book, Record
from jiangong.config.example import places
from jiangong.config.example.drawing import Photo, draw
from jiangong.config.example.people import Cast
from jiangong.config.example.plan import Planned
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations as activities
from jiangong.work.activities.models import ActivityKind, Lecturer, Topic, Venue
from jiangong.work.activities.rules import ActivityContent

ZONE = ZoneInfo("Asia/Shanghai")
NAMESPACE = UUID("6f2c1c8e-0b5d-4f0e-9c0a-2018010120ab")
SPOT = (Decimal("32.7815"), Decimal("119.4593"))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def said(day: date) -> str:
    """As captions write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def drawn(planned: Sequence[Planned]) -> Iterator[list[bytes]]:
    """The photos of each activity, in order; drawn by two processes beside the one that loads."""
    asked = [_photos_of(number, item) for number, item in enumerate(planned)]
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as pool:
        yield from pool.map(draw, asked, chunksize=8)


def _photos_of(number: int, item: Planned) -> list[Photo]:
    spot = places.spot(item.hall) if item.hall else SPOT
    shift = Decimal(number % 97) / (50_000 if item.hall else 5000)
    return [
        (
            number * 10 + turn,
            item.title[:16],
            moment(item.day, 9 + number % 7, 5 + turn * 7),
            (spot[0] + shift, spot[1] - shift),
            item.scene,
        )
        for turn in range(item.photos)
    ]


class ActivityLoader:
    """Books planned activities as their clerks and the reviewer would."""

    def __init__(self, *, book: Book, units: dict[str, Unit], cast: Cast, venues: dict[str, int]) -> None:
        self.cast = cast
        self.units = units
        self._kinds = {kind.code: kind for kind in ActivityKind.objects.filter(book=book)}
        self._topics = list(Topic.objects.filter(book=book))
        self._lecturers = list(Lecturer.objects.filter(book=book).order_by("pk"))
        self._venues = venues
        self._number = 0

    def load(self, item: Planned, photos: Sequence[bytes]) -> Record:
        record = self.submit(item, photos)
        ledger.confirm_record(
            actor=self.cast.reviewer, record_id=record.pk, at=moment(item.day + timedelta(days=1), 15)
        )
        return record

    def submit(self, item: Planned, photos: Sequence[bytes]) -> Record:
        record = self.draft(item, photos)
        clerk = self.cast.clerk_of(item.unit)
        return ledger.submit_record(actor=clerk, record_id=record.pk, at=moment(item.day, 18, 10))

    def draft(self, item: Planned, photos: Sequence[bytes]) -> Record:
        self._number += 1
        clerk = self.cast.clerk_of(item.unit)
        record = activities.enter_activity(
            actor=clerk,
            uuid=uuid5(NAMESPACE, f"activity {self._number}"),
            kind_id=self._kinds[item.kind].pk,
            unit_id=self.units[item.unit].pk,
            content=self.content(item),
            at=moment(item.day, 18),
            today=item.day,
        )
        for turn, photo in enumerate(photos):
            self.add_photo(record, item, photo, turn)
        if item.signed:
            self._sign_in(clerk, record, item)
        return record

    def content(self, item: Planned) -> ActivityContent:
        lectured = self._kinds[item.kind].asks_lecturer
        number = self._number
        return ActivityContent(
            title=item.title,
            happened_on=item.day,
            venue_id=self._venues.get(item.hall),
            place=item.place,
            community_id=self.units[item.community].pk if item.community else None,
            lecturer_id=self._lecturers[number % len(self._lecturers)].pk if lectured else None,
            topic_id=self._topics[item.topic].pk if item.topic is not None and lectured else None,
            partner_ids=tuple(self.units[code].pk for code in item.partners),
            is_online=item.online,
            quantities=item.quantities,
        )

    def add_photo(self, record: Record, item: Planned, photo: bytes, turn: int) -> None:
        caption = Caption(
            time=said(item.day),
            place=item.place
            or (Venue.objects.get(pk=self._venues[item.hall]).record.title if item.hall else ""),
            people=f"{self.units[item.unit].name}职工",
            subject=item.title,
            background="全国文明城市创建三年行动",
            reason=self._kinds[item.kind].name,
        )
        if item.community and not caption.place:
            caption = replace(caption, place=self.units[item.community].name)
        evidence.add_exhibit(
            actor=self.cast.clerk_of(item.unit),
            record_id=record.pk,
            uuid=uuid5(NAMESPACE, f"photo {record.uuid} {turn}"),
            stream=io.BytesIO(photo),
            size=len(photo),
            name=f"{item.title}{turn + 1}.jpg",
            at=moment(item.day, 18, 5),
            caption=caption,
        )

    def _sign_in(self, clerk: Actor, record: Record, item: Planned) -> None:
        code = activities.open_sign_in(actor=clerk, record_id=record.pk, at=moment(item.day, 8))
        for number in range(item.signed):
            activities.sign_in(
                code=code,
                name=places.person_name(300 + number),
                unit=self.units[item.unit].name,
                at=moment(item.day, 8, 30),
                today=item.day,
            )
