"""What people type at the desk's own pages."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import Account, Language


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean() or {}
        if cleaned.get("username") and cleaned.get("password"):
            found = authenticate(self._request, username=cleaned["username"], password=cleaned["password"])
            if found is None:
                raise forms.ValidationError(_("Name and password do not fit. Check both and try again."))
            self.account = found
        return cleaned


class PasswordForm(forms.Form):
    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters, not only digits, and not one that everybody knows."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two new passwords differ. Type the second one again."))
        return again


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=Language.choices)


class AuditForm(forms.Form):
    """The audit log's filters; an unreadable day is left out and said beside its field."""

    words = forms.CharField(required=False, max_length=60)
    verb = forms.CharField(required=False, max_length=60)
    from_day = forms.DateField(required=False)
    to_day = forms.DateField(required=False)
