"""Photos that look alike: the bits, the search, what is written down, and who may see the other one."""

from __future__ import annotations

import io
import itertools
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from jiangong.books.evidence import operations, queries, rules
from jiangong.books.evidence.models import Exhibit, File, Likeness, Lookalike, PhotoRules
from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.evidence.rules.likenesses import BLOCK
from jiangong.books.ledger.models import Record
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from tests.books.evidence.altering import ALTERED, altered, scene
from tests.conftest import AT, MakeRecord, World
from tests.doors.desk.asking import ClientOf

BITS = st.binary(min_size=rules.SIZE, max_size=rules.SIZE)


def bits_of(content: bytes) -> bytes:
    bits = rules.inspect_picture(stream=io.BytesIO(content)).likeness
    assert bits is not None
    return bits


def stored(content: bytes) -> File:
    return operations.store_file(stream=io.BytesIO(content), size=len(content), at=AT)


def tied(actor: Actor, record: Record, content: bytes) -> Exhibit:
    return operations.add_exhibit(
        actor=actor,
        record_id=record.pk,
        uuid=uuid4(),
        stream=io.BytesIO(content),
        size=len(content),
        name="现场.jpg",
        at=AT,
    )


def plain(size: tuple[int, int], colour: str = "white") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize("how", ALTERED)
@pytest.mark.parametrize("seed", range(6))
def test_an_altered_photo_is_found(how: str, seed: int) -> None:
    one = scene(seed)
    apart = rules.nearest(bits_of(one), bits_of(altered(one, how)), within=rules.USUAL_BITS)
    assert apart is not None


def test_different_photos_are_not_alike() -> None:
    found = [bits_of(scene(seed)) for seed in range(27)]
    for one, other in itertools.combinations(found, 2):
        assert rules.nearest(one, other, within=rules.USUAL_BITS) is None


def test_a_photo_turned_by_its_camera_is_looked_at_upright() -> None:
    with Image.open(io.BytesIO(scene(1))) as image:
        lying = image.convert("RGB").rotate(90, expand=True)
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    lying.save(target, "JPEG", exif=exif, quality=90)
    assert rules.nearest(bits_of(target.getvalue()), bits_of(scene(1)), within=4) is not None


@pytest.mark.parametrize(
    "content", [plain((1, 1)), plain((31, 400)), plain((640, 480)), plain((640, 480), "black")]
)
def test_a_tiny_or_an_empty_picture_has_no_likeness(content: bytes) -> None:
    assert rules.inspect_picture(stream=io.BytesIO(content)).likeness is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_picture_is_looked_at(mode: str) -> None:
    with Image.open(io.BytesIO(scene(2))) as image:
        grey = ImageOps.grayscale(image)
    target = io.BytesIO()
    made = (
        grey.convert("I").point(lambda level: level * 256).convert("I;16")
        if mode == "I;16"
        else grey.convert(mode)
    )
    made.save(target, "JPEG" if mode == "CMYK" else "PNG")
    assert rules.nearest(bits_of(target.getvalue()), bits_of(scene(2)), within=rules.USUAL_BITS) is not None


@given(BITS, BITS, BITS)
def test_the_distance_is_a_metric(one: bytes, other: bytes, third: bytes) -> None:
    assert rules.distance(one, one) == 0
    assert rules.distance(one, other) == rules.distance(other, one)
    assert (rules.distance(one, other) == 0) == (one == other)
    assert rules.distance(one, third) <= rules.distance(one, other) + rules.distance(other, third)


@given(BITS, BITS)
def test_who_is_found_finds_back(one: bytes, other: bytes) -> None:
    assert rules.nearest(one, other, within=50) == rules.nearest(other, one, within=50)


def test_an_album_finds_across_its_blocks() -> None:
    album, wanted = rules.Album(), bits_of(scene(3))
    filling = [bytes([number % 251]) * rules.SIZE for number in range(4)]
    album.add(range(BLOCK - 1), [filling[number % 4] for number in range(BLOCK - 1)])
    album.add([BLOCK + 7, BLOCK + 9, BLOCK + 8], [wanted, wanted, filling[0]])
    assert album.count == BLOCK + 2
    assert album.alike(wanted, within=10) == {BLOCK + 7: 0, BLOCK + 9: 0}


@pytest.mark.django_db
def test_look_alikes_are_written_down_both_ways_when_a_photo_is_stored() -> None:
    one, other = stored(scene(1)), stored(altered(scene(1), "cropped at the edges"))
    stored(scene(2))
    pairs = set(Lookalike.objects.values_list("file", "other"))
    assert pairs == {(one.pk, other.pk), (other.pk, one.pk)}
    assert not Likeness.objects.filter(is_compared=False).exists()


@pytest.mark.django_db
def test_the_same_photo_again_is_not_a_look_alike_of_itself() -> None:
    stored(scene(1))
    stored(scene(1))
    assert (Likeness.objects.count(), Lookalike.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_what_another_process_stored_is_read_too() -> None:
    stored(scene(1))
    elsewhere = File.objects.create(sha256="e" * 64, size=1, media_type="image/jpeg", stored_at=AT)
    Likeness.objects.create(file=elsewhere, bits=bits_of(scene(2)), is_compared=True)
    mine = stored(altered(scene(2), "darker"))
    assert Lookalike.objects.filter(file=elsewhere, other=mine).exists()


@pytest.mark.django_db
def test_a_row_that_is_committed_late_is_still_seen() -> None:
    late = File.objects.create(sha256="e" * 64, size=1, media_type="image/jpeg", stored_at=AT)
    first = Likeness.objects.create(file=late, bits=bits_of(scene(2)), is_compared=True)
    number = first.pk
    first.delete()
    stored(scene(1))
    Likeness.objects.create(pk=number, file=late, bits=bits_of(scene(2)), is_compared=True)
    mine = stored(altered(scene(2), "brighter"))
    assert Lookalike.objects.filter(file=late, other=mine).exists()


@pytest.mark.django_db
def test_what_was_stopped_before_it_was_compared_is_compared_with_the_next() -> None:
    one, other = stored(scene(1)), stored(altered(scene(1), "saved again"))
    Lookalike.objects.all().delete()
    Likeness.objects.filter(file=other).update(is_compared=False)
    stored(scene(2))
    assert Lookalike.objects.filter(file=one, other=other).exists()


@pytest.mark.django_db
def test_photos_from_before_get_their_likeness_after_an_upgrade() -> None:
    one, other = stored(scene(1)), stored(altered(scene(1), "saved again"))
    lost = File.objects.create(sha256="f" * 64, size=1, media_type="image/jpeg", stored_at=AT)
    Lookalike.objects.all().delete()
    Likeness.objects.all().delete()
    queries.gallery.forget()
    assert operations.look_at_stored_photos() == 2
    assert Lookalike.objects.filter(file=one, other=other).exists()
    assert not Likeness.objects.filter(file=lost).exists()
    assert operations.look_at_stored_photos() == 0


@pytest.mark.django_db
def test_a_damaged_photo_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(rules.NotAPicture):
        stored(scene(1)[:4000])
    assert not Likeness.objects.exists()


def test_the_tolerance_of_the_federation_counts(
    cast: dict[str, Actor], make_record: MakeRecord, world: World
) -> None:
    first, second = make_record(photos=0, state="draft"), make_record(photos=0, state="draft", by="stranger")
    here = tied(cast["clerk"], first, altered(scene(1), "cropped at the edges"))
    tied(cast["stranger"], second, scene(1))
    Record.objects.filter(pk=second.pk).update(state="submitted")
    pairs = queries.lookalikes(first.pk)
    assert [(pair.here.pk, pair.there.record_id) for pair in pairs] == [(here.pk, second.pk)]
    operations.set_photo_rules(
        actor=cast["head"], federation_id=world.federation.pk, limits=PhotoLimits(bits=0), at=AT
    )
    assert queries.lookalikes(first.pk) == []
    assert AuditEvent.objects.filter(verb="evidence.photo_rules").count() == 1


def test_drafts_of_others_and_removed_photos_are_no_look_alikes(
    cast: dict[str, Actor], make_record: MakeRecord
) -> None:
    first, second = make_record(photos=0, state="draft"), make_record(photos=0, state="draft", by="stranger")
    tied(cast["clerk"], first, scene(1))
    other = tied(cast["stranger"], second, altered(scene(1), "darker"))
    assert queries.lookalikes(first.pk) == []
    Record.objects.filter(pk=second.pk).update(state="submitted")
    assert len(queries.lookalikes(first.pk)) == 1
    Exhibit.objects.filter(pk=other.pk).update(removed_at=AT)
    assert queries.lookalikes(first.pk) == []


def test_only_who_configures_sets_the_rules(cast: dict[str, Actor], world: World) -> None:
    with pytest.raises(Forbidden):
        operations.set_photo_rules(
            actor=cast["auditor"], federation_id=world.federation.pk, limits=PhotoLimits(), at=AT
        )
    assert not PhotoRules.objects.exists()


@pytest.mark.parametrize("limits", [PhotoLimits(days=-1), PhotoLimits(kilometres=0), PhotoLimits(bits=99)])
def test_rules_that_make_no_sense_are_refused(
    cast: dict[str, Actor], world: World, limits: PhotoLimits
) -> None:
    with pytest.raises(operations.PhotoRulesUnreadable):
        operations.set_photo_rules(
            actor=cast["head"], federation_id=world.federation.pk, limits=limits, at=AT
        )


def test_the_other_photo_is_shown_to_who_decides_and_not_to_the_clerk(
    cast: dict[str, Actor], make_record: MakeRecord, client_of: ClientOf
) -> None:
    first, second = make_record(photos=0, state="draft"), make_record(photos=0, state="draft", by="stranger")
    here = tied(cast["clerk"], first, scene(1))
    there = tied(cast["stranger"], second, altered(scene(1), "darker"))
    Record.objects.all().update(state="submitted")
    address = f"/evidence/{here.pk}/lookalike/{there.pk}/"
    assert client_of("reviewer").get(address)["Content-Type"] == "image/jpeg"
    assert client_of("head").get(address).status_code == 200
    assert client_of("clerk").get(address).status_code == 404
    assert client_of("stranger").get(address).status_code == 404
    assert client_of("reviewer").get(f"/evidence/{here.pk}/lookalike/{here.pk}/").status_code == 404
    assert client_of("reviewer").post(address).status_code == 405
