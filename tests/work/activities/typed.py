"""What people type into the entry screen, and the files they choose."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import DAY, World, photo

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
