"""What people type about second factors."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.forms import ActForm

__all__ = ["ActForm", "AppCodeForm", "CodeForm", "PasskeyForm", "PasswordAgainForm"]


class CodeForm(ActForm):
    """At the sign-in: a recovery code does as well."""

    code = forms.CharField(
        label=_("Code from the app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


class PasswordAgainForm(ActForm):
    password = forms.CharField(
        label=_("Current password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AppCodeForm(PasswordAgainForm):
    code = forms.CharField(
        label=_("Code from the app"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    field_order = ("code", "password")


class PasskeyForm(PasswordAgainForm):
    name = forms.CharField(label=_("Name of the key, such as the device"), max_length=60)
    answer = forms.JSONField(widget=forms.HiddenInput)

    field_order = ("name", "password", "answer")
