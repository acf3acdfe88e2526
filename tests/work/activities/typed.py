"""What people type into the entry screen, the files they choose, and a hall to hold it in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from jiangong.books.ledger import operations as ledger
from jiangong.books.ledger.models import Record
from jiangong.ground.shared.actors import Actor
from jiangong.work.activities import operations
from jiangong.work.activities.operations import VenueContent
from tests.conftest import AT, DAY, TODAY, World, photo

AUDIENCE_FIELD = "activities-audience"


def picture(seed: int = 1, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(seed), content_type="image/jpeg")


def typed(world: World, **changes: Any) -> dict[str, Any]:
    """A lecture as a clerk hands it in, with one photo; `None` leaves a field out."""
    form: dict[str, Any] = {
        "uuid": str(uuid4()),
        "version": "",
        "shown": "",
        "proposed": "",
        "title": "劳模精神进企业",
        "happened_on": DAY.isoformat(),
        "unit": str(world.union.pk),
        AUDIENCE_FIELD: "86",
        "basis": "head_count",
        "photos": [picture()],
        "act": "submit",
    }
    form.update({name.replace("__", "-"): value for name, value in changes.items()})
    return {name: value for name, value in form.items() if value is not None}


def hall(world: World, cast: dict[str, Actor], *, until: date | None = None) -> Record:
    content = VenueContent(title="邮益思职工大讲堂", happened_on=date(2019, 3, 1), kind="hall", until=until)
    record = operations.book_venue(
        actor=cast["clerk"],
        uuid=uuid4(),
        unit_id=world.union.pk,
        content=content,
        submit=True,
        at=AT,
        today=TODAY,
    )
    ledger.confirm_record(actor=cast["head"], record_id=record.pk, at=AT)
    return record
