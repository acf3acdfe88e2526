"""Evidence comes in: stored once under its digest, tied to a record by an exhibit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File as DjangoFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jiangong.books.evidence import queries, rules
from jiangong.books.evidence.models import Exhibit, File, Likeness, Lookalike, PhotoRules
from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.operations import records as ledger
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.books.ledger.rules import EDITABLE, State
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import seals
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, require_all
from jiangong.ground.shared.rules import words

CHUNK = 1024 * 1024
WAITING = 8
MOST_DAYS = 366
MOST_KILOMETRES = 1000
MOST_LOOKALIKES = 50
CAPTION_LENGTHS = {
    field.name: field.max_length or 0
    for field in Exhibit._meta.concrete_fields
    if field.name in rules.CAPTION_PARTS
}


class PhotoRulesUnreadable(DomainError):
    code = "evidence.photo_rules"
    message = _("Days are 0 to 366, kilometres 1 to 1,000, and bits 0 to %(bits)s.")


class EvidenceFrozen(DomainError):
    code = "evidence_frozen"
    message = _("This record is decided, so its evidence stays. New evidence can still be added.")
    status = 409


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in; `stream` can be read from its beginning more than once."""

    name: str
    size: int
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Kept:
    """Files that are stored, by name, and those that were refused, each with its reason."""

    files: tuple[tuple[str, File], ...]
    refused: tuple[tuple[str, DomainError], ...]


def require_usable(*, stream: BinaryIO, size: int) -> rules.MediaType:
    """What the file is. Refuses what `store_file` would refuse, and keeps nothing."""
    media_type = _sniffed(stream, size)
    if media_type.is_picture:
        _describe_picture(File(), stream)
    return media_type


def store_file(*, stream: BinaryIO, size: int, at: datetime) -> File:
    """Keep a file's content once. The type is told by the content; limits and broken pictures are refused.

    The file is whole in the storage before its row exists, so a crash in between leaves at worst a file
    without a row, which the next upload of the same content takes up. A file that was lost since is put back.
    A picture is compared with all others once its row is there for other processes to see.
    """
    media_type = _sniffed(stream, size)
    digest = rules.digest_of(stream)
    known = File.objects.filter(sha256=digest).first()
    if known is not None:
        if not default_storage.exists(queries.path_of(digest)):
            _keep(stream, digest)
        return known
    file = File(
        sha256=digest,
        size=size,
        media_type=media_type.value,
        extension=media_type.extension,
        stored_at=at,
    )
    bits = _describe_picture(file, stream) if media_type.is_picture else None
    _keep(stream, digest)
    file = _insert(file, bits)
    if bits is not None:
        compare_waiting(most=WAITING)
    return file


def compare_waiting(*, most: int) -> int:
    """Write down the look-alikes of pictures that are not compared yet, the newest first; how many they were.

    Two that come at once: each row is committed before it is compared, so at least one of them finds the other.
    """
    waiting = list(Likeness.objects.filter(is_compared=False).order_by("-pk")[:most])
    for likeness in waiting:
        bits = bytes(likeness.bits)
        near = queries.gallery.alike(bits, within=rules.MOST_BITS)
        near.pop(likeness.pk, None)
        nearest = dict(sorted(near.items(), key=lambda item: item[1])[:MOST_LOOKALIKES])
        files = dict(Likeness.objects.filter(pk__in=nearest).values_list("pk", "file"))
        pairs = [(likeness.file_id, files[pk], far) for pk, far in nearest.items() if pk in files]
        with transaction.atomic():
            Lookalike.objects.bulk_create(
                [
                    Lookalike(file_id=one, other_id=other, distance=far)
                    for here, there, far in pairs
                    for one, other in ((here, there), (there, here))
                ],
                ignore_conflicts=True,
            )
            Likeness.objects.filter(pk=likeness.pk).update(is_compared=True)
    return len(waiting)


def look_at_stored_photos() -> int:
    """After an upgrade: give pictures that were stored before there were likenesses theirs, and compare them.

    Streams, and goes on where it was stopped. A picture that is lost or damaged is left to `jiangong verify`.
    """
    waiting = File.objects.filter(media_type__startswith="image/", likeness=None).order_by("stored_at")
    for file in waiting.iterator(chunk_size=500):
        try:
            with queries.reading(file) as stream:
                bits = _describe_picture(File(), stream)
        except (NotFound, rules.NotAPicture):
            continue
        if bits is not None:
            Likeness.objects.get_or_create(file=file, defaults={"bits": bits})
    compared = 0
    while done := compare_waiting(most=500):
        compared += done
    return compared


def set_photo_rules(*, actor: Actor, federation_id: int, limits: PhotoLimits, at: datetime) -> PhotoRules:
    """From when on photos are odd in a federation. Refuses numbers that make no sense (PhotoRulesUnreadable)."""
    with transaction.atomic():
        access.require(actor, Right.CONFIGURE, unit_id=federation_id)
        book = Book.objects.filter(federation_id=federation_id).first()
        if book is None:
            raise BookMissing
        _require_sensible(limits)
        found, _made = PhotoRules.objects.select_for_update().get_or_create(book=book)
        before = PhotoLimits(found.days, found.kilometres, found.bits)
        found.days, found.kilometres, found.bits = limits.days, limits.kilometres, limits.bits
        found.save()
        audit.write(
            actor=actor,
            verb="evidence.photo_rules",
            subject_type="unit",
            subject_id=federation_id,
            unit_id=federation_id,
            at=at,
            detail={"before": asdict(before), "after": asdict(limits)},
            seals=seals.taken(found),
        )
    return found


def _require_sensible(limits: PhotoLimits) -> None:
    allowed = {
        "days": range(MOST_DAYS + 1),
        "kilometres": range(1, MOST_KILOMETRES + 1),
        "bits": range(rules.MOST_BITS + 1),
    }
    require_all(
        *(partial(_require_in, allowed[field], field, value) for field, value in asdict(limits).items())
    )


def _require_in(allowed: range, field: str, value: int) -> None:
    if value not in allowed:
        raise PhotoRulesUnreadable(field, bits=rules.MOST_BITS)


def store_files(*, files: Sequence[Upload], at: datetime) -> Kept:
    """Hashing and reading pictures takes time, so it is done before a transaction: others may write meanwhile."""
    stored: list[tuple[str, File]] = []
    refused: list[tuple[str, DomainError]] = []
    for upload in files:
        try:
            stored.append((upload.name, store_file(stream=upload.stream, size=upload.size, at=at)))
        except DomainError as refusal:
            refused.append((upload.name, refusal))
    return Kept(tuple(stored), tuple(refused))


def tie_files(*, actor: Actor, record_id: int, kept: Kept, caption: rules.Caption, at: datetime) -> None:
    """Under the caption that the record proposes; people may write others."""
    for name, file in kept.files:
        tie_file(actor=actor, record_id=record_id, uuid=uuid4(), file=file, name=name, at=at, caption=caption)


def add_exhibit(
    *,
    actor: Actor,
    record_id: int,
    uuid: UUID,
    stream: BinaryIO,
    size: int,
    name: str,
    at: datetime,
    caption: rules.Caption | None = None,
) -> Exhibit:
    """Tie a file to a record. The same uuid, or the same file under the same record, gives the exhibit there is."""
    file = store_file(stream=stream, size=size, at=at)
    return tie_file(actor=actor, record_id=record_id, uuid=uuid, file=file, name=name, at=at, caption=caption)


def tie_file(
    *,
    actor: Actor,
    record_id: int,
    uuid: UUID,
    file: File,
    name: str,
    at: datetime,
    caption: rules.Caption | None = None,
) -> Exhibit:
    """The second half of `add_exhibit`, for callers that stored the file before they opened their transaction."""
    with transaction.atomic():
        record = ledger.record_for_update(actor=actor, record_id=record_id, right=Right.ENTER)
        _require_may_add(actor, record)
        known = Exhibit.objects.filter(uuid=uuid).first() or _same(record, file)
        if known is not None:
            if known.record_id != record.pk:
                raise NotFound
            return known
        exhibit = Exhibit(uuid=uuid, record=record, file=file, name=_clean_name(name, file), added_at=at)
        exhibit.added_by_id = actor.account_id
        for part, text in asdict(caption or rules.Caption()).items():
            setattr(exhibit, part, _fitting(part, text))
        exhibit.save(force_insert=True)
        ledger.tell_reviewer(record)
        _audit(actor, "evidence.add", exhibit, record, at)
    return exhibit


def change_caption(*, actor: Actor, exhibit_id: int, caption: rules.Caption, at: datetime) -> Exhibit:
    """Say what a picture shows. Once its record is confirmed only a reviewer may: somebody vouched for it."""
    with transaction.atomic():
        exhibit = _exhibit(exhibit_id)
        record = ledger.record_for_update(actor=actor, record_id=exhibit.record_id, right=Right.ENTER)
        _require_may_add(actor, record)
        if record.state == State.CONFIRMED:
            access.require(actor, Right.CONFIRM, unit_id=record.unit_id)
        for part, text in asdict(caption).items():
            setattr(exhibit, part, _fitting(part, text))
        exhibit.save(update_fields=list(rules.CAPTION_PARTS))
        ledger.tell_reviewer(record)
        _audit(actor, "evidence.caption", exhibit, record, at)
    return exhibit


def remove_exhibit(*, actor: Actor, exhibit_id: int, at: datetime) -> None:
    """Take evidence off a record that is not decided yet. The file itself is kept."""
    with transaction.atomic():
        exhibit = _exhibit(exhibit_id)
        record = ledger.record_for_update(actor=actor, record_id=exhibit.record_id, right=Right.ENTER)
        if record.state not in EDITABLE:
            raise EvidenceFrozen
        ledger.require_editable(actor, record)
        exhibit.removed_at = at
        exhibit.save(update_fields=["removed_at"])
        _audit(actor, "evidence.remove", exhibit, record, at)


def _sniffed(stream: BinaryIO, size: int) -> rules.MediaType:
    rules.require_size(size=size, limit=settings.UPLOAD_LIMIT_MB * CHUNK, field="files")
    stream.seek(0)
    return rules.sniff(head=stream.read(4096), whole=stream)


def _require_may_add(actor: Actor, record: Record) -> None:
    """While it is being entered or waits, the one who entered it; once confirmed, whoever may enter there."""
    if record.state == State.WITHDRAWN:
        raise EvidenceFrozen
    if record.state != State.CONFIRMED and record.entered_by_id != actor.account_id and not actor.is_system:
        raise Forbidden


def _exhibit(exhibit_id: int) -> Exhibit:
    exhibit = Exhibit.objects.filter(pk=exhibit_id, removed_at__isnull=True).first()
    if exhibit is None:
        raise NotFound
    return exhibit


def _same(record: Record, file: File) -> Exhibit | None:
    return Exhibit.objects.filter(record=record, file=file, removed_at__isnull=True).first()


def _keep(stream: BinaryIO, digest: str) -> None:
    stream.seek(0)
    default_storage.save(queries.path_of(digest), DjangoFile(stream))


def _describe_picture(file: File, stream: BinaryIO) -> bytes | None:
    """Its likeness, if it shows enough to have one."""
    limit = settings.PICTURE_LIMIT_MEGAPIXELS * 1_000_000
    picture = rules.inspect_picture(stream=stream, pixel_limit=limit)
    file.width, file.height, file.taken_at = picture.width, picture.height, picture.taken_at
    file.latitude, file.longitude, file.camera = picture.latitude, picture.longitude, picture.camera[:100]
    return picture.likeness


def _insert(file: File, bits: bytes | None) -> File:
    try:
        with transaction.atomic():
            file.save(force_insert=True)
            if bits is not None:
                Likeness.objects.create(file=file, bits=bits)
    except IntegrityError:
        return File.objects.get(sha256=file.sha256)
    return file


def _clean_name(name: str, file: File) -> str:
    """The name as people gave it, without folders; its ending says what the content is."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    shown = "".join(c for c in stem if c.isprintable()).strip()[:100]
    return f"{shown or file.sha256[:12]}{file.extension}"


def _fitting(part: str, text: str) -> str:
    return words.line(text)[: CAPTION_LENGTHS[part]]


def _audit(actor: Actor, verb: str, exhibit: Exhibit, record: Record, at: datetime) -> None:
    ledger.audit_record(
        actor,
        verb,
        record,
        at,
        {"exhibit": exhibit.pk, "sha256": exhibit.file_id},
        sealing=seals.taken(exhibit, exhibit.file),
    )
