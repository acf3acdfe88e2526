"""Progress reported by hand, and the steps of striking off. No Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.translation import gettext_lazy as _


class ClosingStep(StrEnum):
    """How far the striking off of a task is (销号, domain.md §7): asked, checked by the lead unit, struck off by the
    office on the spot; or sent back on the way, or taken up again when a later re-check fails."""

    ASKED = "asked"
    CHECKED = "checked"
    STRUCK_OFF = "struck_off"
    RETURNED = "returned"
    REOPENED = "reopened"


CLOSING_MOVES: Mapping[ClosingStep, frozenset[ClosingStep]] = {
    ClosingStep.ASKED: frozenset({ClosingStep.CHECKED, ClosingStep.RETURNED}),
    ClosingStep.CHECKED: frozenset({ClosingStep.STRUCK_OFF, ClosingStep.RETURNED}),
    ClosingStep.STRUCK_OFF: frozenset({ClosingStep.REOPENED}),
    ClosingStep.RETURNED: frozenset(),
    ClosingStep.REOPENED: frozenset(),
}


class ClosingOutOfOrder(DomainError):
    code = "closing.out_of_order"
    message = _(
        "The task was gone on with in the meantime. Open the closing again: it shows what the next step is."
    )
    status = 409


class SamePersonTwice(DomainError):
    code = "closing.same_person"
    message = _("You took a step of this closing already. Another person has to take the next one.")
    status = 409


def require_closing_move(step: str, *, to: ClosingStep) -> None:
    if to not in CLOSING_MOVES[ClosingStep(step)]:
        raise ClosingOutOfOrder


def require_another(person: int | None, *, before: Collection[int | None]) -> None:
    """Whoever takes a step has taken none of those before it."""
    if person in before:
        raise SamePersonTwice


@dataclass(frozen=True, slots=True)
class ProgressContent:
    """All that can be changed of a report of progress. `reason`: why it goes back, where it does."""

    happened_on: date
    percent: int
    words: str
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "happened_on": self.happened_on.isoformat(),
            "percent": self.percent,
            "words": self.words,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ProgressContent:
        return cls(
            happened_on=date.fromisoformat(content["happened_on"]),
            percent=content["percent"],
            words=content["words"],
            reason=content["reason"],
        )
