"""Photos of a record beside those that show the same, or nearly the same, under another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiangong.books.evidence import queries as evidence
from jiangong.books.evidence.models import Exhibit, File
from jiangong.books.evidence.queries import PhotoLimits
from jiangong.books.ledger.models import Book
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.queries.records import RecordView
from jiangong.ground.organization import access
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.middleware import Scope
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import Forbidden
from jiangong.ground.shared.rules.numbers import grouped


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """A photo here and its like elsewhere; `differs` says in words in what."""

    here: Exhibit
    there: Exhibit
    is_same: bool
    differs: Sequence[str]
    thumbnail: str


@dataclass(frozen=True, slots=True)
class PhotoRulesPage:
    scope: Scope
    book: Book
    limits: PhotoLimits


def photo_pairs(view: RecordView, actor: Actor) -> list[PhotoPair]:
    """The other record of a photo is shown to whoever decides here, and to those who may read it anyway."""
    record_id = view.record.pk
    pairs = [_same(here, there) for here, there in evidence.reused(record_id) if here.file.is_picture]
    if evidence.tells_something(record_id):
        pairs += [_nearly(pair.here, pair.there) for pair in evidence.lookalikes(record_id)]
    if not pairs or view.may_confirm:
        return pairs
    others = {pair.there.record.unit_id for pair in pairs}
    readable = set(access.units_in_scope(actor).filter(pk__in=others).values_list("pk", flat=True))
    return [pair for pair in pairs if pair.there.record.unit_id in readable]


def photo_rules_page(*, actor: Actor, scope: Scope) -> PhotoRulesPage:
    """For those who configure the federation."""
    if not access.has_right_anywhere(actor, Right.CONFIGURE):
        raise Forbidden
    book = totals.book_of(unit_id=scope.unit.pk)
    access.require(actor, Right.CONFIGURE, unit_id=book.federation_id)
    return PhotoRulesPage(scope, book, photo_limits(book))


def photo_limits(book: Book) -> PhotoLimits:
    return evidence.photo_limits_of_books(books=[book.pk]).get(book.pk, PhotoLimits())


def limits_in_words(limits: PhotoLimits) -> list[str]:
    return [
        ngettext(
            "Taken on the record's day, up to %(days)s day before or after.",
            "Taken on the record's day, up to %(days)s days before or after.",
            limits.days,
        )
        % {"days": limits.days},
        _("Taken no more than %(km)s km from the venue.") % {"km": limits.kilometres},
        _("Photos are alike when no more than %(bits)s of 128 bits differ.") % {"bits": limits.bits},
    ]


def _same(here: Exhibit, there: Exhibit) -> PhotoPair:
    thumbnail = reverse("evidence:thumbnail", args=[here.pk])
    return PhotoPair(here, there, is_same=True, differs=(), thumbnail=thumbnail)


def _nearly(here: Exhibit, there: Exhibit) -> PhotoPair:
    thumbnail = reverse("evidence:lookalike", args=[here.pk, there.pk])
    return PhotoPair(
        here, there, is_same=False, differs=_differences(here.file, there.file), thumbnail=thumbnail
    )


def _differences(here: File, there: File) -> list[str]:
    told = [(_("Size"), _size(here), _size(there)), (_("Taken"), _taken(here), _taken(there))]
    return [
        _("%(what)s: here %(here)s, there %(there)s.") % {"what": what, "here": one, "there": other}
        for what, one, other in told
        if one != other
    ]


def _size(file: File) -> str:
    kilobytes = grouped(max(1, round(file.size / 1000)))
    return f"{file.width} × {file.height}, {kilobytes} KB"


def _taken(file: File) -> str:
    if file.taken_at is None:
        return _("not known")
    return date_format(timezone.localtime(file.taken_at), "DATETIME_FORMAT")
