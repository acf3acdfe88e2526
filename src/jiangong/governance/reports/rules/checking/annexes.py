"""The annex that tells the sources of a report's figures: its rows are single records, and no claims of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEADING = re.compile(
    r"^[ \t\u3000]*(?:数据来源|来源附表|来源明细|数据来源表|数据来源附表)[ \t\u3000]*$", re.MULTILINE
)
NEXT_ANNEX = re.compile(r"^[ \t\u3000]*附件[ \t\u3000]*[0-9一二三四五六七八九十]*[ \t\u3000]*$", re.MULTILINE)
TABLE = re.compile(r"^[ \t\u3000]*日期\s+单位\s+事项\s+数量[ \t\u3000]*$|截至第[0-9]+号凭证", re.MULTILINE)


def source_annexes(text: str) -> Iterator[tuple[int, int]]:
    """From the heading to the next annex or the end, where a table of records or their voucher stands in it."""
    done = 0
    for heading in HEADING.finditer(text):
        if heading.start() < done:
            continue
        follows = NEXT_ANNEX.search(text, heading.end())
        end = follows.start() if follows else len(text)
        done = end
        if TABLE.search(text, heading.end(), end):
            yield heading.start(), end


def blanked(text: str, stretches: list[tuple[int, int]]) -> str:
    """With nothing to read there, and every other sign at its place."""
    for start, end in stretches:
        text = f"{text[:start]}{' ' * (end - start - 1)}\n{text[end:]}"
    return text
