"""What stands around a text, said element by element, so that two of them can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jiangong.governance.reports.rules.heads import Form, Head, asked
from jiangong.ground.shared.translation import day_in_words
from jiangong.ground.shared.translation import gettext_lazy as _

FORMS: Final = {
    Form.PLAIN: _("plain text"),
    Form.NOTICE: _("notice"),
    Form.REPORT: _("report to a superior"),
    Form.LETTER: _("letter"),
    Form.MINUTES: _("minutes"),
}
LABELS: Final = {
    "form": _("Form of the document"),
    "mark": _("Organ's mark"),
    "number": _("Document number"),
    "signers": _("Signers"),
    "recipients": _("Recipients"),
    "attachments": _("Annexes"),
    "texts": _("Texts of annexes"),
    "sealed": _("A seal is put on it"),
    "stamp": _("Post beside the signer's stamp"),
    "remark": _("Remark below the date"),
    "present": _("Present"),
    "absent": _("On leave"),
    "observers": _("Observers"),
    "cc": _("Copies to"),
    "printed_by": _("Printed by"),
    "printed_on": _("Printed on"),
}


@dataclass(frozen=True, slots=True)
class HeadChange:
    """One element as two heads have it; empty where one lacks it."""

    label: str
    before: str
    after: str


def head_changes(*, before: Head, after: Head) -> Iterator[HeadChange]:
    """Element by element, of those that the forms ask for."""
    old, new = spoken(before), spoken(after)
    for name, label in LABELS.items():
        if old[name] != new[name]:
            yield HeadChange(str(label), old[name], new[name])


def spoken(head: Head) -> dict[str, str]:
    """Each element as people read it; what the form does not ask for is empty."""
    shown = asked(head)
    return {
        "form": str(FORMS[head.form]),
        "mark": shown.mark,
        "number": str(shown.number or ""),
        "signers": "、".join(shown.signers),
        "recipients": shown.recipients,
        "attachments": "；".join(item.name for item in shown.attachments),
        "texts": "\n".join(
            f"附件{place}：{item.text.strip()}"
            for place, item in enumerate(shown.attachments, start=1)
            if item.text.strip()
        ),
        "sealed": str(_("yes") if shown.sealed else _("no")),
        "stamp": shown.stamp,
        "remark": shown.remark,
        "present": shown.present,
        "absent": shown.absent,
        "observers": shown.observers,
        "cc": shown.cc,
        "printed_by": shown.printed_by,
        "printed_on": day_in_words(shown.printed_on) if shown.printed_on else "",
    }
