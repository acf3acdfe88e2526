"""How far the striking off of each task of a programme is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models import Closing, ClosingState, Programme
from jiangong.ground.shared.errors import Text

CLOSABLE: tuple[str, Text] = ("circle-check", _("can be struck off"))
BADGES: dict[str, tuple[str, Text]] = {
    ClosingState.ASKED: ("clock", ClosingState.ASKED.label),
    ClosingState.CHECKED: ("map-pin", ClosingState.CHECKED.label),
    ClosingState.STRUCK_OFF: ("rosette-discount-check", ClosingState.STRUCK_OFF.label),
    ClosingState.RETURNED: ("arrow-back-up", ClosingState.RETURNED.label),
    ClosingState.REOPENED: ("alert-triangle", ClosingState.REOPENED.label),
}


def closing_states(*, programme: Programme) -> dict[int, str]:
    """By task, the state of its latest closing."""
    found = Closing.objects.filter(task__programme=programme).order_by("pk")
    return dict(found.values_list("task_id", "state"))
