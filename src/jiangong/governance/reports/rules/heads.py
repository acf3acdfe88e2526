"""What stands around an official document's text: its form, and the elements that the form asks for.

Source: GB/T 9704-2012, 7 and 10 (domain.md §8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from jiangong.books.ledger.rules import Finding, Severity
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.shared.translation import gettext as _

NUMBER: Final = re.compile(r"(?P<code>[\u4e00-\u9fa5]+)〔(?P<year>(?:19|20)\d{2})〕(?P<serial>[1-9]\d*)号")
"""A document number as the standard writes it (7.2.5; domain.md §9)."""
NAMES_APART: Final = re.compile(r"[、，,;；\s]+")


class Form(StrEnum):
    PLAIN = "plain"
    NOTICE = "notice"
    REPORT = "report"
    LETTER = "letter"
    MINUTES = "minutes"


ASKED: Final[dict[Form, tuple[str, ...]]] = {
    Form.PLAIN: ("recipients", "attachments", "signed", "remark"),
    Form.NOTICE: ("mark", "number", "recipients", "attachments", "signed", "remark", "cc", "printed"),
    Form.REPORT: (
        "mark",
        "number",
        "signers",
        "recipients",
        "attachments",
        "signed",
        "remark",
        "cc",
        "printed",
    ),
    Form.LETTER: ("mark", "number", "recipients", "attachments", "signed", "remark", "cc"),
    Form.MINUTES: ("mark", "number", "attachments", "attendance", "cc", "printed"),
}
"""Which elements a form has; the others are neither asked for nor printed."""

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "attendance": ("present", "absent", "observers"),
    "printed": ("printed_by", "printed_on"),
    "signed": ("sealed", "stamp"),
}
REQUIRED: Final[dict[Form, tuple[str, ...]]] = {
    Form.PLAIN: (),
    Form.NOTICE: ("number", "recipients"),
    Form.REPORT: ("number", "signers", "recipients"),
    Form.LETTER: ("number", "recipients"),
    Form.MINUTES: (),
}
"""Without which a document of the form does not go out."""
MARK_ENDS: Final = {
    Form.NOTICE: "文件",
    Form.REPORT: "文件",
    Form.LETTER: "",
    Form.MINUTES: "会议纪要",
}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """高工发〔2020〕12号: 机关代字, year, and the serial within the year."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annex: its name, and its text where it is printed along."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """`mark` is the 发文机关标志, empty for the proposed one; `recipients` the 主送机关, without the colon.

    `stamp` is the post of the signer whose 签名章 stands in the organ's place; `remark` the 附注, without brackets.
    """

    form: Form = Form.PLAIN
    mark: str = ""
    number: DocumentNumber | None = None
    signers: tuple[str, ...] = ()
    recipients: str = ""
    attachments: tuple[Attachment, ...] = ()
    sealed: bool = False
    stamp: str = ""
    remark: str = ""
    present: str = ""
    absent: str = ""
    observers: str = ""
    cc: str = ""
    printed_by: str = ""
    printed_on: date | None = None

    @property
    def attendance(self) -> tuple[tuple[str, str], ...]:
        """Those lists that name somebody: 出席, 请假, 列席 (10.3)."""
        lists = (("出席", self.present), ("请假", self.absent), ("列席", self.observers))
        return tuple((word, names) for word, names in lists if names)

    @property
    def has_colophon(self) -> bool:
        return bool(self.cc or self.printed_by)

    def as_json(self) -> dict[str, Any]:
        number = self.number
        return {
            "form": self.form.value,
            "mark": self.mark,
            "number": None if number is None else [number.code, number.year, number.serial],
            "signers": list(self.signers),
            "recipients": self.recipients,
            "attachments": [[item.name, item.text] for item in self.attachments],
            "sealed": self.sealed,
            "stamp": self.stamp,
            "remark": self.remark,
            "present": self.present,
            "absent": self.absent,
            "observers": self.observers,
            "cc": self.cc,
            "printed_by": self.printed_by,
            "printed_on": self.printed_on.isoformat() if self.printed_on else None,
        }

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Head:
        """`{}` is the head of a plain text without anything around it."""
        number, day = content.get("number"), content.get("printed_on")
        return cls(
            **content
            | {
                "form": Form(content.get("form", Form.PLAIN)),
                "number": DocumentNumber(*number) if number else None,
                "signers": tuple(content.get("signers", ())),
                "attachments": tuple(Attachment(*item) for item in content.get("attachments", ())),
                "printed_on": date.fromisoformat(day) if day else None,
            }
        )


NO_HEAD: Final = Head()
"""That of a plain text."""


def asks(form: Form) -> tuple[str, ...]:
    """The names of the head's fields that a form asks for, in the order of the page."""
    return tuple(name for element in ASKED[form] for name in PARTS.get(element, (element,)))


def forms_needing(element: str) -> tuple[Form, ...]:
    """The forms that do not go out without an element."""
    return tuple(form for form, elements in REQUIRED.items() if element in elements)


def fitted(head: Head, *, organ: str, dated_on: date) -> Head:
    """The head with what its form asks for and no more, and with the mark and printer that go without saying."""
    fitted = asked(head)
    if "mark" in asks(head.form):
        fitted = replace(fitted, mark=head.mark or proposed_mark(head.form, organ=organ))
    if fitted.printed_by:
        fitted = replace(fitted, printed_on=fitted.printed_on or dated_on)
    return fitted


def asked(head: Head) -> Head:
    """The head without what its form does not ask for."""
    unasked = {name: getattr(NO_HEAD, name) for name in Head.__slots__ if name not in asks(head.form)}
    return replace(head, **unasked | {"form": head.form})


def as_typed(head: Head, *, organ: str, dated_on: date) -> Head:
    """Back from `fitted`: without what goes without saying."""
    mark = "" if head.mark == proposed_mark(head.form, organ=organ) else head.mark
    printed_on = None if head.printed_on == dated_on else head.printed_on
    return replace(head, mark=mark, printed_on=printed_on)


def words_of(head: Head) -> tuple[str, ...]:
    """All words that people typed into it."""
    lists = (head.present, head.absent, head.observers)
    typed = (head.mark, head.recipients, head.stamp, head.remark, *lists, head.cc, head.printed_by)
    annexes = (words for item in head.attachments for words in (item.name, item.text))
    return (*typed, *head.signers, *annexes)


def proposed_mark(form: Form, *, organ: str) -> str:
    return f"{organ}{MARK_ENDS[form]}" if form in MARK_ENDS and organ else ""


def names(text: str) -> tuple[str, ...]:
    return tuple(name for name in NAMES_APART.split(text.strip()) if name)


def attachments(*, listed: str, texts: str) -> tuple[Attachment, ...]:
    """One name a line; `texts` holds the printed ones, each under a line 附件, 附件1, 附件2…"""
    found = _texts(texts)
    named = [line.strip() for line in listed.splitlines() if line.strip()]
    return tuple(Attachment(name, found.get(place, "")) for place, name in enumerate(named, start=1))


def listed(attachments: Iterable[Attachment]) -> tuple[str, str]:
    """Back to what people type: the names, and the texts under their marks."""
    kept = list(attachments)
    texts = [f"附件{place}\n{item.text}" for place, item in enumerate(kept, start=1) if item.text]
    return "\n".join(item.name for item in kept), "\n".join(texts)


def stray_texts(*, listed: str, texts: str) -> bool:
    """Whether a text belongs to no name of the list, and would be lost."""
    count = len([line for line in listed.splitlines() if line.strip()])
    return any(not 1 <= place <= count for place in _texts(texts))


def _texts(texts: str) -> dict[int, str]:
    lines: dict[int, list[str]] = {}
    place = 0
    for line in texts.splitlines():
        mark = re.fullmatch(r"\s*附件\s*(\d{0,2})\s*", line)
        if mark:
            place = int(mark[1] or 1)
        elif line.strip():
            lines.setdefault(place, []).append(line.rstrip())
    return {place: "\n".join(found) for place, found in lines.items()}


def year_of_number(head: Head, *, on: date, until: date | None = None) -> list[Finding]:
    """A document is numbered in the year that it is dated in (7.2.5; domain.md §11.2, P16).

    `until` ends the figures of one that is not dated yet: it may be of that year, or of the next.
    """
    number = asked(head).number
    later = {until.year, until.year + 1} if until else set[int]()
    if number is None or number.year in {on.year, *later}:
        return []
    if until is None:
        words = _("The document number is of %(number)s, but the document is dated %(day)s. Correct one of them.") % {
            "number": number.year, "day": day_in_words(on),
        }  # fmt: skip
    else:
        words = _("The document number is of %(number)s, but the figures run until %(day)s. Correct one of them.") % {
            "number": number.year, "day": day_in_words(until),
        }  # fmt: skip
    return [Finding("P16", Severity.WARNING, words, (str(number.year), str((until or on).year)))]
