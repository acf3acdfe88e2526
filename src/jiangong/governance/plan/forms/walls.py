"""The form that says what hangs on the wall."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.forms.campaigns import VersionedForm
from jiangong.governance.plan.forms.tasks import NO_CHOICE
from jiangong.governance.plan.operations.walls import MOST_FIGURES
from jiangong.governance.plan.queries import WallOffer


class WallForm(VersionedForm):
    """The figures of the wall page in their order; an empty place is passed over."""

    def __init__(self, *args: Any, offer: WallOffer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [NO_CHOICE, *((str(key), f"{name} · {unit}") for key, name, unit in offer.figures)]
        for turn in range(1, MOST_FIGURES + 1):
            self.fields[f"figure_{turn}"] = forms.CharField(
                label=_("Figure %(turn)s") % {"turn": turn},
                required=False,
                max_length=120,
                widget=forms.Select(choices=choices),
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[f"figure_{turn}"] for turn in range(1, MOST_FIGURES + 1)]

    @property
    def figures(self) -> list[str]:
        typed = (self.cleaned_data[f"figure_{turn}"] for turn in range(1, MOST_FIGURES + 1))
        return [text for text in typed if text]
