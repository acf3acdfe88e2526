"""Forms that carry a version: done, refused, or overtaken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from jiangong.ground.organization.forms import ActForm
from jiangong.ground.shared.errors import StaleForm

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt:
    """`done`: that it was; else the form says why not, and the page answers with `status`."""

    done: bool
    status: int = 200


def attempted(form: ActForm, act: Callable[[], object], *, now: int) -> Attempt:
    """Try an act with a form that carries a version; `now` is the present one. Overtaken, what was typed stays, and
    saving again is a choice."""
    try:
        made = form.attempt(act)
    except StaleForm as refusal:
        data = form.data.copy()  # type: ignore[attr-defined]  # what a request brings
        data["version"] = str(now)
        form.data = data
        form.add_error(None, str(refusal))
        return Attempt(False, refusal.status)
    return Attempt(made is not None, 422 if form.is_bound else 200)
