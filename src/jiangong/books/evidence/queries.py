"""Reading evidence: exhibits of records, the files behind them, and what is used twice."""

from __future__ import annotations

import io
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, cast

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from jiangong.books.evidence import rules
from jiangong.books.evidence.models import Exhibit, File, Likeness, Lookalike, PhotoRules
from jiangong.books.ledger import access
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import State
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.shared import statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.storage import KeptFile, made_once

THUMBNAIL = 320
MOST_PAIRS = 20
CHUNK = 8192
LATE = 64  # a row is seen at most so many numbers after a later one
PICTURE = 1600
PICTURES = """
SELECT COUNT(*) FROM evidence_exhibit e JOIN evidence_file f ON f.sha256 = e.file_id
WHERE e.record_id = %s AND e.removed_at IS NULL AND f.media_type LIKE %s
"""
SHARED = """
SELECT 1 FROM evidence_exhibit e JOIN evidence_exhibit o ON o.file_id = e.file_id AND o.record_id <> e.record_id
WHERE e.record_id = %s AND e.removed_at IS NULL AND o.removed_at IS NULL LIMIT 1
"""
TOLD = """
SELECT 1 FROM evidence_exhibit e JOIN evidence_file f ON f.sha256 = e.file_id
WHERE e.record_id = %s AND e.removed_at IS NULL AND (f.taken_at IS NOT NULL OR f.latitude IS NOT NULL
  OR EXISTS (SELECT 1 FROM evidence_lookalike l WHERE l.file_id = f.sha256)) LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Alike:
    """A photo here, one that shows nearly the same under another record, and how many bits differ."""

    here: Exhibit
    there: Exhibit
    distance: int


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """From when on a photo is odd: `days` off its record, `kilometres` off its venue, `bits` alike."""

    days: int = rules.USUAL_DAYS
    kilometres: int = rules.USUAL_KILOMETRES
    bits: int = rules.USUAL_BITS


class _Gallery:
    """The likenesses of all pictures in this process: read once, then only what others have added since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._album, self._last, self._late = rules.Album(), 0, set[int]()

    def alike(self, bits: bytes, *, within: int) -> dict[int, int]:
        with self._lock:
            self._catch_up()
            return self._album.alike(bits, within=within)

    def _catch_up(self) -> None:
        """Numbers are given before they are committed, so the last few are looked for again."""
        rows = Likeness.objects.filter(pk__gt=self._last - LATE).order_by("pk").values_list("pk", "bits")
        numbers, bits = [], []
        for number, content in rows.iterator(chunk_size=CHUNK):
            if number in self._late:
                continue
            numbers.append(number)
            bits.append(bytes(content))
            if len(numbers) == CHUNK:
                self._take(numbers, bits)
                numbers, bits = [], []
        self._take(numbers, bits)

    def _take(self, numbers: list[int], bits: list[bytes]) -> None:
        if not numbers:
            return
        self._album.add(numbers, bits)
        self._last = max(self._last, numbers[-1])
        known = self._late.union(numbers[-2 * LATE :])
        self._late = {number for number in known if number > self._last - LATE}


gallery = _Gallery()


def path_of(sha256: str) -> str:
    return f"evidence/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def exhibits() -> QuerySet[Exhibit]:
    return Exhibit.objects.filter(removed_at__isnull=True).select_related("file").order_by("id")


def exhibits_of(record_ids: Iterable[int]) -> dict[int, list[Exhibit]]:
    """The present exhibits of many records, in one statement."""
    found: dict[int, list[Exhibit]] = defaultdict(list)
    for exhibit in exhibits().filter(record_id__in=list(record_ids)):
        found[exhibit.record_id].append(exhibit)
    return found


def picture_count(record_id: int) -> int:
    return int(statements.rows(PICTURES, [record_id, "image/%"])[0][0])


def exhibit_in_scope(*, actor: Actor, exhibit_id: int) -> Exhibit:
    scope = access.records_in_scope(actor).values("pk")
    found = exhibits().filter(pk=exhibit_id, record_id__in=scope).select_related("record").first()
    if found is None:
        raise NotFound
    return found


def exhibit_to_caption(*, actor: Actor, exhibit_id: int) -> Exhibit:
    """An exhibit that the actor may write about: once its record is confirmed, only a reviewer."""
    exhibit = exhibit_in_scope(actor=actor, exhibit_id=exhibit_id)
    right = Right.CONFIRM if exhibit.record.state == State.CONFIRMED else Right.ENTER
    organization.require(actor, right, unit_id=exhibit.record.unit_id)
    return exhibit


def require_may_add(*, actor: Actor, record_id: int) -> None:
    """Refuses early what would be refused for every file."""
    record = access.records_in_scope(actor).filter(pk=record_id).first()
    if record is None:
        raise NotFound
    organization.require(actor, Right.ENTER, unit_id=record.unit_id)


def reused(record_id: int) -> list[tuple[Exhibit, Exhibit]]:
    """This record's exhibits whose very file also lies under another record: (here, there)."""
    if not statements.rows(SHARED, [record_id]):
        return []
    here = {exhibit.file_id: exhibit for exhibit in exhibits().filter(record_id=record_id)}
    there = exhibits().filter(file_id__in=here).exclude(record_id=record_id).exclude(record__state="draft")
    return [
        (here[exhibit.file_id], exhibit) for exhibit in there.select_related("record", "record__unit")[:20]
    ]


def picture_counts(exhibits_by_record: Mapping[int, Sequence[Exhibit]]) -> dict[int, int]:
    """How many pictures lie under each record, of exhibits that were read already."""
    return {
        record_id: sum(exhibit.file.is_picture for exhibit in found)
        for record_id, found in exhibits_by_record.items()
    }


def reused_of(
    exhibits_by_record: Mapping[int, Sequence[Exhibit]],
) -> dict[int, list[tuple[Exhibit, Exhibit]]]:
    """What `reused` says, for many records whose exhibits were read already, in one statement."""
    here: dict[str, list[Exhibit]] = defaultdict(list)
    for exhibit in chain.from_iterable(exhibits_by_record.values()):
        here[exhibit.file_id].append(exhibit)
    there = exhibits().filter(file_id__in=here).exclude(record__state="draft").select_related("record")
    pairs: dict[int, list[tuple[Exhibit, Exhibit]]] = defaultdict(list)
    for other in there:
        for exhibit in here[other.file_id]:
            if exhibit.record_id != other.record_id:
                pairs[exhibit.record_id].append((exhibit, other))
    return pairs


def tells_something(record_id: int) -> bool:
    """Whether any photo of the record says when or where it was taken, or has look-alikes."""
    return bool(statements.rows(TOLD, [record_id]))


def lookalikes(record_id: int) -> list[Alike]:
    """This record's photos that show nearly what a photo under another record of its book shows."""
    return lookalikes_of({record_id: exhibits_of([record_id]).get(record_id, [])}).get(record_id, [])


def lookalikes_of(
    exhibits_by_record: Mapping[int, Sequence[Exhibit]],
) -> dict[int, list[Alike]]:
    """The same for many records whose exhibits were read already; three statements, the nearest first."""
    here: dict[str, list[Exhibit]] = defaultdict(list)
    for exhibit in chain.from_iterable(exhibits_by_record.values()):
        here[exhibit.file_id].append(exhibit)
    known = list(Lookalike.objects.filter(file__in=here).values_list("file", "other", "distance"))
    if not known:
        return {}
    books = _books_of(exhibits_by_record)
    limits = photo_limits_of_books(books=set(books.values()))
    there = _others([other for _file, other, _far in known])
    found: dict[int, list[Alike]] = defaultdict(list)
    for file, other, far in sorted(known, key=lambda row: row[2]):
        for exhibit in here[file]:
            book = books[exhibit.record_id]
            if far <= limits.get(book, PhotoLimits()).bits:
                found[exhibit.record_id] += [
                    Alike(exhibit, twin, far)
                    for twin in there[other]
                    if twin.record_id != exhibit.record_id and twin.record.book_id == book
                ]
    return {record_id: pairs[:MOST_PAIRS] for record_id, pairs in found.items()}


def lookalike_in_scope(*, actor: Actor, exhibit_id: int, other_id: int) -> Exhibit:
    """The other photo of a pair, for whoever may read it and for whoever decides on the record here."""
    here = exhibit_in_scope(actor=actor, exhibit_id=exhibit_id)
    pairs = [pair for pair in lookalikes(here.record_id) if pair.here.pk == here.pk]
    there = next((pair.there for pair in pairs if pair.there.pk == other_id), None)
    if there is None:
        raise NotFound
    ancestors = organization.present_ancestor_ids(here.record.unit_id)
    if organization.can(actor, Right.CONFIRM, ancestor_ids=ancestors):
        return there
    return exhibit_in_scope(actor=actor, exhibit_id=other_id)


def photo_limits_of_books(*, books: Iterable[int]) -> dict[int, PhotoLimits]:
    """Books that have set none are left out: `PhotoLimits()` holds for them."""
    rows = PhotoRules.objects.filter(book__in=list(books)).values_list("book", "days", "kilometres", "bits")
    return {book: PhotoLimits(*row) for book, *row in rows}


def _books_of(record_ids: Iterable[int]) -> dict[int, int]:
    return dict(Record.objects.filter(pk__in=list(record_ids)).values_list("pk", "book"))


def _others(files: Iterable[str]) -> dict[str, list[Exhibit]]:
    found: dict[str, list[Exhibit]] = defaultdict(list)
    others = exhibits().filter(file_id__in=set(files)).exclude(record__state=State.DRAFT)
    for exhibit in others.select_related("file", "record", "record__unit"):
        found[exhibit.file_id].append(exhibit)
    return found


def reading(file: File) -> BinaryIO:
    try:
        return cast(BinaryIO, default_storage.open(path_of(file.sha256), "rb"))
    except FileNotFoundError as error:
        raise NotFound from error


def rendition(file: File, *, longest: int) -> bytes:
    """A picture for the screen or the public, without its EXIF; made once, then kept beside the evidence."""
    if not file.is_picture:
        raise NotFound

    def make() -> bytes:
        pixels = max(rules.PIXEL_LIMIT, (file.width or 0) * (file.height or 0))
        with reading(file) as stream:
            return rules.rendition(stream=io.BytesIO(stream.read()), longest=longest, pixel_limit=pixels)

    return made_once(f"renditions/{longest}/{file.sha256[:2]}/{file.sha256}.jpg", make)


def kept_files() -> Iterator[KeptFile]:
    """Every file that a backup has to hold."""
    for sha256 in File.objects.order_by("sha256").values_list("sha256", flat=True).iterator(chunk_size=5000):
        yield KeptFile(path_of(sha256), sha256)


def damaged_files(*, files: Sequence[File] | None = None) -> Iterator[str]:
    """One sentence for each file that is missing or whose content no longer has its digest; streams."""
    chosen = files if files is not None else File.objects.order_by("sha256").iterator(chunk_size=1000)
    for file in chosen:
        try:
            with default_storage.open(path_of(file.sha256), "rb") as stream:
                digest = rules.digest_of(cast(BinaryIO, stream))
        except FileNotFoundError:
            yield f"evidence file {file.sha256} is missing"
            continue
        except OSError as error:
            yield f"evidence file {file.sha256} cannot be read: {error.strerror}"
            continue
        if digest != file.sha256:
            yield f"evidence file {file.sha256} was changed"
