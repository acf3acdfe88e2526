"""The one screen on which an activity is entered, gone on with, or amended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from jiangong.books.evidence.models import Exhibit
from jiangong.books.ledger.measures import Line
from jiangong.books.ledger.models import Record
from jiangong.books.ledger.rules import Finding
from jiangong.ground.organization.middleware import SignedInRequest
from jiangong.ground.shared import clock
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.middleware import as_refusal
from jiangong.work.activities import forms, operations, queries
from jiangong.work.activities.forms import ActivityForm, QuantityRow
from jiangong.work.activities.models import ActivityKind
from jiangong.work.activities.operations import Booked
from jiangong.work.activities.queries import EntryOffer
from jiangong.work.activities.rules import AUDIENCE

DRAFT, SUBMIT, SIGN_IN = "draft", "submit", "sign_in"
PASSED_ON = {403, 404}


@dataclass(frozen=True, slots=True)
class EntryPage:
    """`record` is the draft that keeps the input, or what is amended; `stands` its content when the form was stale."""

    form: ActivityForm
    offer: EntryOffer
    uuid: str
    record: Record | None = None
    exhibits: Sequence[Exhibit] = ()
    findings: Sequence[Finding] = ()
    refused: Sequence[str] = ()
    stands: Sequence[Line] = ()
    amends: bool = False
    choose_again: bool = False
    open_draft: Record | None = None
    """A draft of the same kind, on a page that would begin another."""

    @property
    def kind(self) -> ActivityKind:
        return self.offer.kind

    @property
    def kind_name(self) -> str:
        return queries.kind_name(self.kind)

    @property
    def shown(self) -> str:
        return "\n".join(queries.mark(finding) for finding in self.findings)

    @property
    def rows(self) -> Sequence[QuantityRow]:
        return list(self.form.quantity_rows(self.findings))

    @property
    def other_findings(self) -> Sequence[Finding]:
        beside = {asked.measure for asked in self.offer.asked}
        return [finding for finding in self.findings if finding.field not in beside]

    @property
    def is_held_back(self) -> bool:
        """A draft that was meant to be handed in, but for findings that should be read first."""
        errors = any(finding.is_error for finding in self.findings)
        return errors and not self.form.errors and not self.refused

    @property
    def is_kept(self) -> bool:
        """Something was wrong, and what was right is a draft now."""
        return self.record is not None and bool(self.form.errors) and not self.amends and not self.stands

    @property
    def more_is_open(self) -> bool:
        return self.amends or any(field.errors for field in self.form.more)

    @property
    def more_words(self) -> str:
        """What is folded away, so that nobody has to look for it."""
        return " · ".join(str(field.label) for field in self.form.more[:4])

    @property
    def checked_parameters(self) -> str:
        names = [forms.field_name(asked.measure) for asked in self.offer.asked]
        return ",".join(("csrfmiddlewaretoken", "unit", "happened_on", *names))

    @property
    def upload_limit(self) -> int:
        return settings.UPLOAD_LIMIT_MB * 1024 * 1024

    @property
    def most_files(self) -> int:
        return settings.DATA_UPLOAD_MAX_NUMBER_FILES

    @property
    def needs_photos(self) -> bool:
        """Said once: by the finding, where there is one."""
        return self.kind.photos > 0 and not any(finding.code == "EVIDENCE" for finding in self.findings)

    @property
    def may_go_without(self) -> bool:
        """Whether it can be handed in without the files that were refused."""
        pictures = sum(exhibit.file.is_picture for exhibit in self.exhibits)
        return pictures >= self.kind.photos and not self.form.errors

    @property
    def may_sign_in(self) -> bool:
        counts = any(asked.measure == AUDIENCE for asked in self.offer.asked)
        return counts and not self.amends and self.form.signed is None

    @property
    def pattern(self) -> str:
        return queries.title_pattern(kind=self.kind, where="-")

    @property
    def pattern_without_place(self) -> str:
        return queries.title_pattern(kind=self.kind, where="")

    @property
    def pattern_of_named_place(self) -> str:
        """For a place that carries the kind in its own name."""
        return queries.title_pattern(kind=self.kind, where=self.kind.name)


def show(request: SignedInRequest, page: EntryPage) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/enter.html", {"page": page}, status=status)


def is_overtaken(request: SignedInRequest, offer: EntryOffer) -> bool:
    """Whether the kind was changed since this form was made."""
    made_of = request.POST.get("kind", "")
    return bool(made_of) and made_of != offer.kind.edition


def show_overtaken(request: SignedInRequest, page: EntryPage) -> HttpResponse:
    """What was typed, on the form as the kind asks for it now; nothing is kept yet."""
    refusal = operations.KindChanged()
    page.form.is_valid()
    page.form.add_error(None, str(refusal))
    return render(request, "activities/enter.html", {"page": page}, status=refusal.status)


def bound_form(
    request: SignedInRequest, offer: EntryOffer, *, signed: int | None = None, amends: bool = False
) -> ActivityForm:
    return ActivityForm(
        request.POST,
        request.FILES,
        offer=offer,
        today=request.today,
        proposed=request.POST.get("proposed", "")[:120],
        signed=signed,
        amends=amends,
        hands_in=amends or request.POST.get("act") == SUBMIT,
    )


def keep_what_is_right(
    request: SignedInRequest, form: ActivityForm, book: Callable[[bool], Booked]
) -> Booked | None:
    """Book all of it, or else keep as a draft whatever is right in it; None when nothing can be kept yet.

    A refusal that concerns one field takes only that field out. What lies outside the actor's reach is passed on.
    """
    form.is_valid()
    while form.can_be_kept:
        try:
            return book(request.POST.get("act") == SUBMIT and not form.errors)
        except (DomainError, OSError, OperationalError) as error:
            if not form.refuse(readable(error)):
                return None
    return None


def readable(error: Exception) -> DomainError:
    """What can be shown beside the form; anything else goes its way."""
    refusal = as_refusal(error)
    if refusal is None or (refusal.status in PASSED_ON and not refusal.field):
        raise error
    return refusal


def after_booking(
    request: SignedInRequest, form: ActivityForm, offer: EntryOffer, booked: Booked
) -> HttpResponse:
    record, act = booked.record, request.POST.get("act")
    refused = refusals_of(booked.refused)
    if booked.is_submitted:
        return redirect("activities:booked", record_id=record.pk)
    if form.errors or refused or act == SUBMIT:
        return show_draft(request, form, offer, booked, refused)
    if act == SIGN_IN:
        operations.open_sign_in(actor=request.actor, record_id=record.pk, at=clock.now())
        return redirect("activities:sign_in_sheet", record_id=record.pk)
    return redirect("activities:booked", record_id=record.pk)


def show_draft(
    request: SignedInRequest, form: ActivityForm, offer: EntryOffer, booked: Booked, refused: Sequence[str]
) -> HttpResponse:
    """The screen again, with what was typed, over the draft that now keeps it."""
    page = EntryPage(
        form=form,
        offer=offer,
        uuid=str(booked.record.uuid),
        record=booked.record,
        exhibits=queries.pictures_of(booked.record.pk),
        findings=[finding for finding in booked.findings if finding.code != "MISSING"],
        refused=refused,
    )
    return show(request, page)


def refusals_of(refused: Sequence[tuple[str, DomainError]]) -> list[str]:
    return [_("%(file)s: %(reason)s") % {"file": name, "reason": reason} for name, reason in refused]


def uuid_of(text: str) -> UUID:
    """A form that lost its number books all the same."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def row_of(text: str) -> int | None:
    return int(text) if forms.is_row(text) else None


def day_of(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def marks_of(request: SignedInRequest) -> frozenset[str]:
    """Findings that the person has seen, with the page or while typing."""
    return frozenset(f"{request.POST.get('shown', '')}\n{request.POST.get('shown_now', '')}".splitlines())
