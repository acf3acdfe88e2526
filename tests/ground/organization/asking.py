"""Asking a page as everybody of the cast: who may open it, and who may send its form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jiangong.ground.organization import operations
from jiangong.ground.organization.models import Account, RoleGrant
from jiangong.ground.shared.actors import Role
from tests.conftest import AT, SINCE, SYSTEM

CAST = ("administrator", "security", "head", "reviewer", "clerk", "auditor", "stranger", "visitor")
INSIDE = ("head", "reviewer", "clerk", "auditor", "administrator", "security")
TO_SIGN_IN = 302


def readers(*, of_the_federation: bool = False) -> dict[str, int]:
    """Everybody whose scope holds the clerk's unit; with `of_the_federation` those of the federation only."""
    answers = dict.fromkeys(CAST, 200) | {"stranger": 404, "visitor": TO_SIGN_IN}
    return answers | ({"reviewer": 404, "clerk": 404} if of_the_federation else {})


def administrators(*, done: int = 200) -> dict[str, int]:
    """The system administrator alone; in scope without the right 403, out of scope 404."""
    return only("administrator", done=done)


def only(*names: str, done: int = 200) -> dict[str, int]:
    forbidden = dict.fromkeys(INSIDE, 403)
    return {**forbidden, "stranger": 404, "visitor": TO_SIGN_IN, **dict.fromkeys(names, done)}


def administers(account: Account, unit_id: int, role: Role = Role.ADMINISTRATOR) -> None:
    """Make one of the cast an administrator of a unit, in place of the roles held."""
    for grant in RoleGrant.objects.filter(account=account, until__isnull=True):
        operations.end_role(actor=SYSTEM, grant_id=grant.pk, on=SINCE, at=AT)
    operations.grant_role(actor=SYSTEM, account_id=account.pk, role=role, unit_id=unit_id, since=SINCE, at=AT)


@dataclass(frozen=True)
class Asking:
    """`pages.get("unit", 5)` as one of the cast; `pages.everybody("unit", 5)` as each of them."""

    client_of: Callable[[str], Client]

    def get(self, page: str, /, *args: int, by: str = "administrator", **query: Any) -> HttpResponse:
        return self.client_of(by).get(address(page, *args), query)  # type: ignore[return-value]

    def post(self, page: str, /, *args: int, by: str = "administrator", **form: Any) -> HttpResponse:
        return self.client_of(by).post(address(page, *args), form)  # type: ignore[return-value]

    def where_it_leads(self, page: str, /, *args: int, **form: Any) -> str:
        """The text of the page that the administrator comes to after sending the form."""
        answer = self.client_of("administrator").post(address(page, *args), form, follow=True)
        return str(answer.content.decode())

    def everybody(self, page: str, /, *args: int) -> dict[str, int]:
        return {by: self.get(page, *args, by=by).status_code for by in CAST}

    def everybody_sends(self, page: str, /, *args: int, **form: Any) -> dict[str, int]:
        return self.everybody_before("administrator", page, *args, **form)

    def everybody_before(self, last: str, page: str, /, *args: int, **form: Any) -> dict[str, int]:
        """Who may do it last: what they do changes what the others would meet."""
        order = (*(by for by in CAST if by != last), last)
        return {by: self.post(page, *args, by=by, **form).status_code for by in order}


def address(page: str, *args: int) -> str:
    return reverse(f"organization:{page}", args=args)


def text_of(answer: HttpResponse) -> str:
    """The page with every run of white space as one space: how a template is wrapped does not matter."""
    return " ".join(answer.content.decode().split())


def wrong_fields(answer: HttpResponse) -> set[str]:
    """The fields beside which an error stands."""
    return set(re.findall(r'id="id_(\w+)-error"', answer.content.decode()))
