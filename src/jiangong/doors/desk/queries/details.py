"""The details of an audit event in words: what each is called, and how its value reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from jiangong.ground.shared.errors import Text

LONGEST = 160
EMPTY: tuple[object, ...] = ("", None, [], {})
NAMES: dict[str, Text] = {
    "after": pgettext_lazy("detail", "After"),
    "amendment": pgettext_lazy("detail", "Amendment"),
    "before": pgettext_lazy("detail", "Before"),
    "bits": pgettext_lazy("detail", "Bits that differ"),
    "body": pgettext_lazy("detail", "Body"),
    "books": pgettext_lazy("detail", "Books"),
    "by_words": pgettext_lazy("detail", "Narrowed by words"),
    "changed": pgettext_lazy("detail", "Changed"),
    "code": pgettext_lazy("detail", "Code"),
    "comment": pgettext_lazy("detail", "Comment"),
    "days": pgettext_lazy("detail", "Days"),
    "digest": pgettext_lazy("detail", "Digest"),
    "ended": pgettext_lazy("detail", "Ended"),
    "events": pgettext_lazy("detail", "Events"),
    "exhibit": pgettext_lazy("detail", "Exhibit"),
    "figure": pgettext_lazy("detail", "Figure"),
    "from": pgettext_lazy("detail", "From"),
    "issue": pgettext_lazy("detail", "Issue"),
    "issuer": pgettext_lazy("detail", "Provider"),
    "kilometres": pgettext_lazy("detail", "Kilometres"),
    "kind": pgettext_lazy("detail", "Kind"),
    "name": pgettext_lazy("detail", "Name"),
    "names_agreed": pgettext_lazy("detail", "Names agreed"),
    "new": pgettext_lazy("detail", "New"),
    "on": pgettext_lazy("detail", "Day"),
    "override": pgettext_lazy("detail", "Reason for passing over findings"),
    "parent": pgettext_lazy("detail", "Unit above"),
    "person": pgettext_lazy("detail", "Person"),
    "position": pgettext_lazy("detail", "Position"),
    "post": pgettext_lazy("detail", "Post"),
    "posting": pgettext_lazy("detail", "Posting"),
    "postings": pgettext_lazy("detail", "Postings"),
    "reason": pgettext_lazy("detail", "Reason"),
    "records": pgettext_lazy("detail", "Records"),
    "role": pgettext_lazy("detail", "Role"),
    "rows": pgettext_lazy("detail", "Rows"),
    "sha256": pgettext_lazy("detail", "Digest"),
    "sheet": pgettext_lazy("detail", "Sheet"),
    "since": pgettext_lazy("detail", "Since"),
    "title": pgettext_lazy("detail", "Title"),
    "unit": pgettext_lazy("detail", "Unit"),
    "until": pgettext_lazy("detail", "Until"),
    "value": pgettext_lazy("detail", "Value"),
    "verb": pgettext_lazy("detail", "Action"),
    "version": pgettext_lazy("detail", "Version"),
    "way": pgettext_lazy("detail", "Way"),
}
WAYS: dict[str, Text] = {
    "app": pgettext_lazy("way to sign in", "authenticator app"),
    "outside": pgettext_lazy("way to sign in", "outside sign-in"),
    "passkey": pgettext_lazy("way to sign in", "passkey"),
    "password": pgettext_lazy("way to sign in", "password"),
    "recovery": pgettext_lazy("way to sign in", "recovery code"),
}


def details_told(detail: Mapping[str, Any]) -> list[str]:
    """Empty details are left out, long ones such as digests cut."""
    return [_told(name, value) for name, value in detail.items() if value not in EMPTY]


def _told(name: str, value: Any) -> str:
    label = str(NAMES.get(name, name.replace("_", " ")))
    said = _way(str(value)) if name == "way" else _written(value)
    return _("%(name)s: %(reason)s") % {"name": label, "reason": said[:LONGEST]}


def _way(value: str) -> str:
    """`password+app`: one way after the other."""
    return " + ".join(str(WAYS.get(way, way)) for way in value.split("+"))


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _("; ").join(details_told(value))
    return _(", ").join(_written(item) for item in value) if isinstance(value, list) else str(value)
