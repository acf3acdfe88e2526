"""What can be changed of a report, and the plain file that a report can be begun from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HEADERS = {"标题": "title", "副题": "subtitle", "署名": "organ"}


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that can be changed of a report. Both days of the period count."""

    title: str
    since: date
    until: date
    text: str = ""
    subtitle: str = ""
    organ: str = ""


def from_file(text: str, *, since: date, until: date) -> ReportContent:
    """`标题：…`, `副题：…`, `署名：…`, a blank line, then the report's text."""
    head, _blank, body = text.replace("\r\n", "\n").partition("\n\n")
    pairs = (line.partition("：") for line in head.splitlines())
    found = {HEADERS[name.strip()]: value.strip() for name, _colon, value in pairs if name.strip() in HEADERS}
    return ReportContent(
        title=found.get("title", ""),
        since=since,
        until=until,
        text=body.strip("\n") + "\n",
        subtitle=found.get("subtitle", ""),
        organ=found.get("organ", ""),
    )
