"""What people type about units, people, posts and accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.db.models import Model, TextChoices
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import (
    CountKind,
    Person,
    Post,
    ReferenceCount,
    RoleName,
    Unit,
    UnitKind,
)
from jiangong.ground.organization.operations import require_code, require_division_code
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules.numbers import parse_quantity

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

T = TypeVar("T")
Checks = Mapping[str, Callable[[Any], object]]
TEXTS = {"autocomplete": "off"}
TOO_LONG = _("At most %(limit_value)s characters fit here, and these are %(show_value)s. Shorten it.")


def add_refusal(form: forms.Form, refusal: DomainError) -> None:
    """All that is refused, each beside its field where the form has that field."""
    for part in refusal.parts:
        form.add_error(part.field if part.field in form.fields else None, str(part))


class ActForm(forms.Form):
    """A form for one act: all that the act refuses stands beside the fields that it concerns.

    `checks`: by field what the act requires of it alone, told as well when another field keeps the act from running.
    """

    checks: ClassVar[Checks] = {}

    def attempt(self, act: Callable[[], T], *, checks: Checks | None = None) -> T | None:
        """Act once the form is valid; None leaves errors to show. Out of scope or without right raises."""
        if not self.is_bound:
            return None
        try:
            if self.is_valid():
                return act()
            require_all(*self._checks_of_the_rest({**self.checks, **(checks or {})}))
        except (Forbidden, NotFound, StaleForm):
            raise
        except DomainError as refusal:
            add_refusal(self, refusal)
        return None

    def _checks_of_the_rest(self, checks: Checks) -> list[Callable[[], object]]:
        """Of the fields that could be read."""
        return [
            partial(check, self.cleaned_data[name])
            for name, check in checks.items()
            if name in self.cleaned_data and name not in self.errors
        ]


class QuantityText(forms.CharField):
    """A number as people type it (1.2万, ３００), kept as it was read: how fine it may be, the act says."""

    def __init__(self, *, label: StrOrPromise) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs=attributes))

    def clean(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return Decimal(parse_quantity(text))
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal), code=refusal.code) from refusal


def written(quantity: int | None, factor: int) -> str:
    """A quantity in the smallest unit, as it would be typed."""
    return "" if quantity is None else f"{(Decimal(quantity) / factor).normalize():f}"


def text_field(model: type[Model], name: str, *, label: StrOrPromise) -> forms.CharField:
    """A line of text as long as the model's column takes, optional where the model says so."""
    column = model._meta.get_field(name)
    return forms.CharField(
        label=label,
        max_length=getattr(column, "max_length", None),
        required=not getattr(column, "blank", False),
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs=TEXTS),
    )


def day_field(label: StrOrPromise, *, required: bool = True, hint: StrOrPromise = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class RowField(forms.TypedChoiceField):
    """The number of a row. What is offered is a help to choose; whether it may be chosen, the operation says."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return is_row(str(value))


class RowsField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return is_row(str(value))


def is_row(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def choices_of(rows: Iterable[Model]) -> list[tuple[Any, Any]]:
    return [(row.pk, str(row)) for row in rows]


def capitalized(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(value, capfirst(label)) for value, label in choices.choices]


class UnitFields(ActForm):
    checks: ClassVar[Checks] = {"code": require_code, "division_code": require_division_code}

    code = text_field(Unit, "code", label=_("Code"))
    name = text_field(Unit, "name", label=_("Name"))
    short_name = text_field(Unit, "short_name", label=_("Short name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalized(UnitKind))
    uscc = text_field(Unit, "uscc", label=_("Unified social credit code"))
    division_code = text_field(Unit, "division_code", label=_("Division code"))
    address = text_field(Unit, "address", label=_("Address"))

    def texts(self) -> dict[str, str]:
        names = ("code", "name", "short_name", "uscc", "division_code", "address")
        return {name: str(self.cleaned_data[name]) for name in names}

    @property
    def unit_kind(self) -> UnitKind:
        return UnitKind(self.cleaned_data["kind"])


class CreateUnitForm(UnitFields):
    since = day_field(_("Established on"), hint=_("Records can be entered from this day on."))


class ChangeUnitForm(UnitFields):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChoiceOfOne(forms.ChoiceField):
    """A candidate found by a search. Any number is taken: the operation decides whether it may be."""

    widget = forms.RadioSelect

    def valid_value(self, value: object) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class MoveUnitForm(ActForm):
    parent = ChoiceOfOne(label=_("New place"), error_messages={"required": _("Choose the unit above.")})
    on = day_field(_("As of"), hint=_("The first day in the new place."))


class StartForm(ActForm):
    since = day_field(_("Established on"))


class LastDayForm(ActForm):
    until = day_field(_("Last day"))


class CountForm(ActForm):
    kind = forms.ChoiceField(label=_("What is counted"), choices=capitalized(CountKind))
    value = forms.IntegerField(label=_("How many"), min_value=0)
    on = day_field(_("On which day"))
    source = text_field(ReferenceCount, "source", label=_("Source"))

    @property
    def count_kind(self) -> CountKind:
        return CountKind(self.cleaned_data["kind"])


class PersonForm(ActForm):
    name = text_field(Person, "name", label=_("Full name"))
    title = text_field(Person, "title", label=_("Position held"))


class ChangePersonForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TransferForm(ActForm):
    unit = ChoiceOfOne(label=_("New unit"), error_messages={"required": _("Choose a unit.")})
    on = day_field(_("As of"), hint=_("The first day in the new unit."))


class AppointForm(ActForm):
    person = ChoiceOfOne(label=_("Person"), error_messages={"required": _("Choose a person.")})
    body = text_field(Post, "body", label=_("Body"))
    title = text_field(Post, "title", label=_("Post"))
    rank = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=999, initial=10, help_text=_("1 comes first.")
    )
    since = day_field(_("Since"))
    until = day_field(_("Last day"), required=False)

    def __init__(self, *args: Any, bodies: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = list(bodies)
        self.fields["body"].widget.attrs["list"] = "bodies"
        self.fields["title"].widget.attrs["list"] = "titles"


def _password_hint() -> str:
    rules = {"length": settings.PASSWORD_LENGTH, "kinds": settings.PASSWORD_KINDS}
    return (
        gettext(
            "At least %(length)s characters, of %(kinds)s or more kinds: small letters, capital letters, digits, "
            "signs. Not your name, and nothing that many people use."
        )
        % rules
    )


class NewPassword(ActForm):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=lazy(_password_hint, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Repeat the password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords do not match. Type the second one again."))
        return again


class OpenAccountForm(ActForm):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("2 to 60 letters, digits or . _ - @. It is typed at every sign-in."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


@dataclass(frozen=True, slots=True)
class OfferedRole:
    value: str
    label: StrOrPromise
    may: StrOrPromise


OFFERED_ROLES = (
    OfferedRole("clerk", RoleName.CLERK.label, _("Enters records with their evidence.")),
    OfferedRole(
        "reviewer", RoleName.REVIEWER.label, _("Enters, and confirms or returns what others entered.")
    ),
    OfferedRole(
        "manager",
        RoleName.MANAGER.label,
        _("Everything a reviewer does; also writes reports and maintains the list of lecturers."),
    ),
    OfferedRole(
        "administrator",
        RoleName.ADMINISTRATOR.label,
        _("Manages units and people, opens and closes accounts; grants no roles and holds no other."),
    ),
    OfferedRole(
        "security",
        RoleName.SECURITY.label,
        _("Grants roles, resets passwords, ends sessions; opens no accounts and holds no other role."),
    ),
    OfferedRole(
        "auditor",
        RoleName.AUDITOR.label,
        _("Reads everything, including the audit log; changes nothing and holds no other role."),
    ),
)


class GrantForm(ActForm):
    role = forms.ChoiceField(label=_("Role"), choices=RoleName.choices, widget=forms.RadioSelect)
    unit = ChoiceOfOne(
        label=_("For which unit, and all below it"), error_messages={"required": _("Choose a unit.")}
    )
    since = day_field(_("Since"))
