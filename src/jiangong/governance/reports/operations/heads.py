"""What stands around a text, as it is typed: put in order, its number given once, its elements all there."""

from __future__ import annotations

import re
from dataclasses import replace

from jiangong.governance.reports import queries
from jiangong.governance.reports.models import Report
from jiangong.governance.reports.operations.errors import (
    AnnexFigures,
    AnnexNameless,
    ElementsMissing,
    NumberTaken,
    NumberUnreadable,
)
from jiangong.governance.reports.rules import elements
from jiangong.governance.reports.rules.drafts import LONGEST_LINE, LONGEST_TEXT
from jiangong.governance.reports.rules.heads import NUMBER, Attachment, Head
from jiangong.governance.reports.rules.tokens import TOKEN
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.rules import words

LONGEST_ELEMENT = 1000
LONGEST_SIGNER, MOST_SIGNERS, MOST_ANNEXES = 20, 8, 20
LONGEST_REMARK = 200


def tidy(head: Head) -> Head:
    """Lines without invisible signs, and no longer than a line; refuses what could not be printed."""
    number = head.number
    if number and not NUMBER.fullmatch(str(number)):
        raise NumberUnreadable("number_serial")
    if any(not item.name for item in head.attachments):
        raise AnnexNameless("attachment_texts")
    if any(TOKEN.search(item.text) for item in head.attachments):
        raise AnnexFigures("attachment_texts")
    return replace(
        head,
        mark=_element(head.mark),
        recipients=_element(head.recipients).rstrip("：:"),
        stamp=_element(head.stamp),
        remark=_without_brackets(_element(head.remark)),
        present=_element(head.present),
        absent=_element(head.absent),
        observers=_element(head.observers),
        cc=_element(head.cc),
        printed_by=_element(head.printed_by),
        signers=tuple(words.line(name)[:LONGEST_SIGNER] for name in head.signers[:MOST_SIGNERS]),
        attachments=tuple(
            Attachment(words.line(item.name)[:LONGEST_LINE], words.visible(item.text)[:LONGEST_TEXT])
            for item in head.attachments[:MOST_ANNEXES]
        ),
    )


def _element(text: str) -> str:
    return words.line(text)[:LONGEST_ELEMENT]


def _without_brackets(text: str) -> str:
    """They are printed; those that a text has in it stay."""
    return text[1:-1].strip() if re.fullmatch(r"[（(][^（()）]*[）)]", text) else text


def require_free_number(report: Report) -> None:
    """The number is the unit's own: no two of its reports have the same."""
    number = report.number
    if number is None:
        return
    Unit.objects.select_for_update(no_key=True).get(pk=report.unit_id)  # two at once wait for one another
    other = queries.numbered(unit_id=report.unit_id, number=number).exclude(uuid=report.uuid).first()
    if other is not None:
        free = queries.next_serial(unit_id=report.unit_id, code=number.code, year=number.year)
        raise NumberTaken("number_serial", number=number, title=other.title, next=free)


def require_elements(head: Head) -> None:
    missing = elements.lacking(head)
    if missing:
        raise ElementsMissing(elements="、".join(missing))
