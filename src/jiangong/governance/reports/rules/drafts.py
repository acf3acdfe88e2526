"""What can be changed of a report, and the plain file that a report can be begun from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiangong.governance.reports.rules.heads import NO_HEAD, Head

LONGEST_TEXT = 100_000
LONGEST_LINE = 120
LONGEST_REASON = 300
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
    head: Head = NO_HEAD


def from_file(text: str, *, since: date, until: date, head: Head = NO_HEAD) -> ReportContent:
    """`标题：…`, `副题：…`, `署名：…`, a blank line, then the report's text."""
    top, _blank, body = text.replace("\r\n", "\n").partition("\n\n")
    pairs = (line.partition("：") for line in top.splitlines())
    found = {HEADERS[name.strip()]: value.strip() for name, _colon, value in pairs if name.strip() in HEADERS}
    return ReportContent(
        title=found.get("title", ""),
        since=since,
        until=until,
        text=body.strip("\n") + "\n",
        subtitle=found.get("subtitle", ""),
        organ=found.get("organ", ""),
        head=head,
    )
