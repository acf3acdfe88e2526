"""The reviewer who meets a reused photo."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jiangong.books.ledger.models import Record
from jiangong.ground.shared.actors import Actor
from tests.books.evidence.altering import altered, scene
from tests.books.evidence.test_likeness import tied
from tests.conftest import MakeRecord


def test_a_colleagues_photo_cropped_and_saved_again_is_met_by_the_reviewer_and_returned(
    client_of: Callable[[str], Client], cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    honest = make_record(photos=0, state="draft", by="stranger", title="税务局大讲堂")
    tied(cast["stranger"], honest, scene(1))
    client_of("stranger").post(f"/records/{honest.pk}/submit/")

    clerk, again = client_of("clerk"), make_record(photos=0, state="draft")
    sent = altered(altered(scene(1), "cropped at the edges"), "saved again", quality=50)
    file = SimpleUploadedFile("IMG_0001.jpg", io.BytesIO(sent).read(), "image/jpeg")
    clerk.post(f"/evidence/record/{again.pk}/add/", {"chosen": file})
    clerk.post(f"/records/{again.pk}/submit/")

    reviewer = client_of("reviewer")
    page = reviewer.get(f"/queue/{again.pk}/").content.decode()
    here, there = again.exhibits.get(), honest.exhibits.get()
    other = f"/evidence/{here.pk}/lookalike/{there.pk}/"
    assert "税务局大讲堂" in page
    assert other in page
    assert reviewer.get(other)["Content-Type"] == "image/jpeg"

    seen = {"version": Record.objects.get(pk=again.pk).version, "reason": "照片与税务局的活动相同，请核实"}
    reviewer.post(f"/records/{again.pk}/return/", seen)
    again = Record.objects.get(pk=again.pk)
    assert again.state == "returned"
    assert "请核实" in clerk.get(f"/records/{again.pk}/").content.decode()
