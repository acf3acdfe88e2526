"""The pages of the text check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

from jiangong.books.figures.rules.catalogue import catalogue
from jiangong.governance.reports import access
from jiangong.governance.reports.models import CheckedText, CheckState, Consent, Report
from jiangong.governance.reports.queries.choosing import OfferedFigure, offered_figures
from jiangong.governance.reports.queries.laying import (
    ALL,
    SENTENCES_PER_PAGE,
    amount,
    anchor,
    named_figure,
    place_of,
)
from jiangong.governance.reports.queries.pages import report as report_of
from jiangong.governance.reports.queries.remarking import own_check
from jiangong.governance.reports.queries.resolving import resolved
from jiangong.governance.reports.rules import checking, laying
from jiangong.governance.reports.rules.laying import Found, Laid, Stretch
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared import progress
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.rules.periods import Period
from jiangong.ground.shared.translation import gettext_lazy as _

STILL = timedelta(seconds=60)
STEPS = checking.STEPS + 1
"""The check's own, and the reading of the ledger."""
NAMES = {
    "missing": _("number lost"),
    "arithmetic": _("does not add up"),
    "contradicts": _("contradicts the text"),
    "implausible": _("implausible"),
    "differs": _("differs from the ledger"),
    laying.WORDING: _("wording"),
    laying.BOUND: _("picked figure"),
    laying.SETTLED: _("agreed to be named"),
    "agrees": _("agrees with the ledger"),
    "no_figure": _("no figure for it"),
}
LETTERS = {
    "missing": pgettext_lazy("mark of a verdict", "L"),
    "arithmetic": pgettext_lazy("mark of a verdict", "S"),
    "contradicts": pgettext_lazy("mark of a verdict", "C"),
    "implausible": pgettext_lazy("mark of a verdict", "I"),
    "differs": pgettext_lazy("mark of a verdict", "D"),
    laying.WORDING: pgettext_lazy("mark of a verdict", "W"),
    laying.BOUND: pgettext_lazy("mark of a verdict", "P"),
    laying.SETTLED: pgettext_lazy("mark of a verdict", "K"),
    "agrees": pgettext_lazy("mark of a verdict", "A"),
    "no_figure": pgettext_lazy("mark of a verdict", "N"),
}
LOOK = "look"


@dataclass(frozen=True, slots=True)
class CheckingPage:
    """Before a text is checked, and after one was refused: with what was pasted."""

    uuid: UUID = field(default_factory=uuid4)
    text: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the page can be cut down to."""

    code: str
    name: str
    letter: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A finding beside its sentence."""

    found: Found
    name: str
    letter: str
    href: str
    figure_name: str
    measured_in: str
    may_bind: bool
    may_choose: bool
    is_bound: bool
    other: str = ""
    """The address of the number that it does not go with."""
    named_unit: str = ""
    """The unit that the sentence names, where a figure may be chosen for that one or for the text's own."""
    consent: Consent | None = None
    may_consent: bool = False
    """Whether its reader may keep, or withdraw, the consent of who is named here."""

    @property
    def fits(self) -> str:
        """The figure of the whole that has this number."""
        return str(catalogue[self.found.fits].name) if self.found.fits in catalogue else ""

    @property
    def ledger(self) -> str:
        return amount(self.found.value, self.found, measured_in=self.measured_in)

    @property
    def gap(self) -> str:
        """So much more, or less, than the text says."""
        gap = self.found.gap
        return amount(abs(gap), self.found, measured_in=self.measured_in) if gap is not None else ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a sentence with the finding that colours it and those that end there."""

    text: str
    over: Told | None
    ends: Sequence[Told]


@dataclass(frozen=True, slots=True)
class ToldSentence:
    anchor: str
    pieces: Sequence[Marked]
    told: Sequence[Told]


@dataclass
class CheckedPage:
    """A checked text: `checked` is what was pasted, `report` the draft whose own text it is."""

    text: str
    laid: Laid
    unit: Unit
    period: Period
    show: str = ALL
    number: str = "1"
    checked: CheckedText | None = None
    report: Report | None = None
    may_draft: bool = False
    may_consent: bool = False
    consents: Mapping[str, Consent] = field(default_factory=dict)
    waits_long: bool = False
    _unit_names: dict[int, str] = field(default_factory=dict)
    done: int = 0
    total: int = STEPS

    @property
    def is_running(self) -> bool:
        return self.checked is not None and self.checked.state == CheckState.WAITING

    @property
    def has_failed(self) -> bool:
        return self.checked is not None and self.checked.state == CheckState.FAILED

    @property
    def again(self) -> str:
        """The form with this text, unit and period."""
        if self.checked is None:
            return ""
        asked: dict[str, str | int] = {
            "unit": self.unit.pk,
            "since": self.period.since.isoformat(),
            "until": self.period.until.isoformat(),
            "again": str(self.checked.pk),
        }
        return f"{reverse('reports:text_check')}?{urlencode(asked)}"

    @property
    def to_look_at(self) -> int:
        return sum(count for verdict, count in self.counts.items() if verdict in laying.TO_LOOK_AT)

    @cached_property
    def counts(self) -> dict[str, int]:
        return self.laid.counts()

    @cached_property
    def filters(self) -> list[Filter]:
        every = Filter(ALL, str(_("all")), "", len(self.laid.found), self.show == ALL)
        look = Filter(LOOK, str(_("to look at")), "", self.to_look_at, self.show == LOOK)
        return [
            every,
            look,
            *(
                Filter(code, str(NAMES[code]), str(LETTERS[code]), count, self.show == code)
                for code, count in self.counts.items()
            ),
        ]

    @cached_property
    def _outline(self) -> list[Stretch]:
        return laying.outline(self.text, self.laid)

    @cached_property
    def offered(self) -> list[OfferedFigure]:
        """Figures that a claim may be picked as."""
        return offered_figures(unit_id=self.unit.pk) if self.may_draft else []

    @cached_property
    def sentences(self) -> Page[ToldSentence]:
        """Those of one page; with a filter only those in which something of it was found."""
        every = self._outline
        if self.show != ALL:
            shown = [self._is_shown(verdict) for verdict in self.laid.verdicts]
            every = [one for one in every if any(shown[one.first : one.last])]
        page = Paginator(every, SENTENCES_PER_PAGE).get_page(self.number)
        told = [self._told(one) for one in page]
        return Page(told, page.number, page.paginator)  # type: ignore[arg-type]

    def _is_shown(self, verdict: str) -> bool:
        return self.show in {ALL, verdict} or (self.show == LOOK and verdict in laying.TO_LOOK_AT)

    def _told(self, stretch: Stretch) -> ToldSentence:
        sentence = laying.sentence(self.text, self.laid, stretch)
        told = {one.number: self._finding(one) for one in sentence.found if self._is_shown(one.verdict)}
        pieces = [
            Marked(
                piece.text,
                told.get(piece.over.number) if piece.over else None,
                [told[one.number] for one in piece.ends if one.number in told],
            )
            for piece in sentence.pieces
        ]
        return ToldSentence(anchor(stretch), pieces, list(told.values()))

    def _unit_name(self, unit_id: int) -> str:
        """Each unit is read once for a page."""
        if not unit_id:
            return ""
        if unit_id not in self._unit_names:
            self._unit_names[unit_id] = str(Unit.objects.get(pk=unit_id))
        return self._unit_names[unit_id]

    def _finding(self, found: Found) -> Told:
        return Told(
            found,
            str(NAMES[found.verdict]),
            str(LETTERS[found.verdict]),
            _href(found),
            *named_figure(found),
            may_bind=self.may_draft and found.can_be_bound,
            may_choose=self.may_draft and found.can_be_chosen,
            is_bound=self.checked is not None and found.number in self.checked.bound,
            other=place_of(self._outline, self.laid, found.other),
            named_unit=self._unit_name(found.named_id),
            consent=self.consents.get(found.text) if "P18" in found.codes else None,
            may_consent=self.may_consent and "P18" in found.codes,
        )


def checking_page(*, actor: Actor, again: str = "", text: str = "", refusal: str = "") -> CheckingPage:
    """`again` is an own checked text that is to be changed and checked anew."""
    if again and not text:
        own = access.own_checked(actor).filter(uuid=again).first() if _is_uuid(again) else None
        text = own.text if own else ""
    return CheckingPage(text=text, refusal=refusal)


def checked_text(*, actor: Actor, uuid: UUID, at: datetime) -> CheckedText:
    """Somebody's own, for a day; NotFound for everybody else, and after that."""
    own = access.own_checked(actor).select_related("unit", "draft")
    found = own.filter(uuid=uuid, made_at__gte=at - laying.KEPT).first()
    if found is None:
        raise NotFound
    return found


def checked_page(
    *, actor: Actor, uuid: UUID, at: datetime, show: str = ALL, number: str = "1"
) -> CheckedPage:
    checked = checked_text(actor=actor, uuid=uuid, at=at)
    laid = Laid.kept(checked.laid, checked.findings) if checked.state == CheckState.DONE else Laid.of((), ())
    kept = progress.kept(str(uuid))
    return CheckedPage(
        checked.text,
        laid,
        checked.unit,
        checked.period,
        _known(show),
        number,
        checked=checked,
        may_draft=access.may_write(actor, unit_id=checked.unit_id),
        waits_long=at - checked.made_at > STILL,
        done=int(kept) if kept.isdecimal() else 0,
    )


def report_check_page(
    *, actor: Actor, uuid: UUID, on: date, show: str = ALL, number: str = "1"
) -> CheckedPage:
    """A report's saved text held against the ledger of its own unit and period. Needs the right to read it."""
    report = report_of(actor=actor, uuid=uuid)
    own = own_check(actor=actor, report=report, read=resolved(report=report, on=on))
    return CheckedPage(
        own.text,
        own.laid,
        report.unit,
        report.period,
        _known(show),
        number,
        report=report,
        may_consent=access.may_write(actor, unit_id=report.unit_id),
        consents=own.consents,
    )


def _known(show: str) -> str:
    return show if show in {LOOK, *laying.ORDER} else ALL


def _is_uuid(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True


def _href(found: Found) -> str:
    """The figure's page, for the unit and days that the claim is about."""
    if not found.figure:
        return ""
    query: dict[str, str | int] = {"unit": found.unit_id, "since": found.since, "until": found.until}
    return f"{reverse('desk:figure', args=[found.figure])}?{urlencode(query)}"
