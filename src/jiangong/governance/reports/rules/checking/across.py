"""Sums whose parts stand in one sentence and whose total stands in the next or before (domain.md §11.2, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jiangong.governance.reports.rules.checking.model import Claim, Sort
from jiangong.governance.reports.rules.checking.reckoning import before, clause, is_exact, value
from jiangong.governance.reports.rules.checking.restoring import Restored

Sum = tuple[Claim, list[Claim], bool]
"""The total, its parts, and whether these are all."""
AMONG = re.compile(r"^\s*(?:其中|分别(?:为|是)|具体(?:为|是|来看)|包括)")
TOTAL = re.compile("共|合计|总计|累计|总数|加起来")
LESS = re.compile("去年|上年|同期|计划|目标|拟|力争|应|每|人均|平均|另|增|减|近[几些]?年|[两三四五]年|占")
TRAITS = re.compile("[男女]|党员|青年|农民工|一线|劳模|以上|以下")
"""One person may have several of these."""
LEAST_LIST = 3


def sums(restored: Restored, by_sentence: Sequence[Sequence[Claim]]) -> Iterator[Sum]:
    counted = [[one for one in group if one.sort is Sort.COUNT] for group in by_sentence]
    for number, following in pairwise(range(len(counted))):
        first, second = restored.sentences[number], restored.sentences[following]
        if not counted[number] or not counted[following]:
            continue
        if "\n" in restored.text[first.end - 1 : second.start + 1]:
            continue
        yield from _among(restored.text, second.start, counted[number], counted[following])
        yield from _added(restored.text, first.start, second.start, counted[number], counted[following])


def _among(text: str, start: int, ahead: Sequence[Claim], here: Sequence[Claim]) -> Iterator[Sum]:
    """参加疗休养的180人。其中男110人，女75人."""
    if not AMONG.search(text[start : here[0].start]):
        return
    parts: list[Claim] = []
    for claim in here:
        gap = text[(parts[-1].end if parts else start) : claim.start]
        if claim.unit != here[0].unit or (parts and LESS.search(gap)):
            break
        parts.append(claim)
    wholes = [one for one in ahead if one.unit == here[0].unit]
    is_change = not wholes or wholes[-1].unit == "%" or LESS.search(clause(text, 0, wholes[-1]))
    if not is_change and len(parts) > 1 and is_exact(wholes[-1], *parts):
        yield wholes[-1], parts, False


def _added(text: str, start: int, at: int, ahead: Sequence[Claim], here: Sequence[Claim]) -> Iterator[Sum]:
    """一车间发放60份，二车间72份，三车间58份。全厂共发放200份."""
    total = here[0]
    said = clause(text, at, total)
    parts = [one for one in ahead if one.unit == total.unit]
    if not TOTAL.search(said) or LESS.search(said) or len(parts) < 2 or not is_exact(total, *parts):
        return
    if (
        total.unit == "%"
        or len(parts) != len(ahead)
        or any(LESS.search(clause(text, start, one)) for one in parts)
    ):
        return
    if any(TOTAL.search(clause(text, start, one)) or "其中" in before(text, start, one) for one in parts):
        return
    things = {one.thing for one in (total, *parts) if one.thing}
    verbs = {one.verb for one in parts if one.verb}
    is_same = total.verb in verbs or total.thing in {one.thing for one in parts} or not things
    if (
        is_same
        and (len(parts) >= LEAST_LIST or len(things) <= 1)
        and value(total) < 3 * sum((value(one) for one in parts), Decimal(0))
    ):
        yield total, parts, True
