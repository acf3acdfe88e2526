"""Fields that several forms share: days, rows of tables, quantities."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules.numbers import parse_quantity
from jiangong.work.activities.queries import AskedQuantity

NO_CHOICE = ("", "—")
NOTE_LENGTH = 300


def field_name(measure: str) -> str:
    """A measure's code as the name of its field: `activities.audience` → `activities-audience`."""
    return measure.replace(".", "-")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class QuantityField(forms.CharField):
    """A quantity as people type it, given on in the measure's smallest unit; None where nothing was typed."""

    def __init__(self, *, asked: AskedQuantity) -> None:
        super().__init__(label=asked.label, required=False)
        self.asked = asked

    @property
    def mode(self) -> str:
        """Which keys a phone offers."""
        return "numeric" if self.asked.factor == 1 else "decimal"

    def clean(self, value: Any) -> int | None:
        text = str(value or "")
        if not text.strip():
            return None
        try:
            number = Decimal(parse_quantity(text)) * self.asked.factor
        except DomainError as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        if number != number.to_integral_value():
            raise ValidationError(self._too_fine, code="too_fine")
        return int(number)

    @property
    def _too_fine(self) -> str:
        if self.asked.is_money:
            return str(_("Money has at most two decimals. Correct it, for example 1500.50."))
        if self.asked.decimals:
            fine = _("%(what)s takes at most %(decimals)s decimals. Leave the others out.")
            return str(fine) % {"what": self.asked.label, "decimals": self.asked.decimals}
        text = _("%(what)s is counted in whole %(unit)s. Leave the decimals out.")
        return str(text) % {"what": self.asked.label, "unit": self.asked.unit}

    def typed(self, quantity: int | None) -> str:
        """A quantity as it would be typed."""
        if quantity is None:
            return ""
        number = Decimal(quantity) / self.asked.factor
        return f"{number:.2f}".removesuffix(".00") if self.asked.is_money else f"{number.normalize():f}"
