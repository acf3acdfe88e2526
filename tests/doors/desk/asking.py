"""What the tests of the desk share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.test import Client

ClientOf = Callable[[str], Client]


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text_of(answer: Answer) -> str:
    return " ".join(answer.content.decode().split())


def follow(client: Client, address: str, form: dict[str, str] | None = None) -> str:
    """The text of the page that a form leads to, with what was said on the way."""
    return " ".join(client.post(address, form or {}, follow=True).content.decode().split())
