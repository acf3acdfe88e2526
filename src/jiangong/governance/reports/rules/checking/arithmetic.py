"""Sums, products, shares and changes that a text states, worked out again (domain.md §11.2, P6, P8, P10, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jiangong.books.figures.rules.numerals import Sense
from jiangong.governance.reports.rules.checking import (
    across,
    balances,
    changes,
    enumerations,
    honours,
    products,
    shares,
    sheets,
)
from jiangong.governance.reports.rules.checking.columns import columns
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Sort
from jiangong.governance.reports.rules.checking.reckoning import (
    EXHAUSTIVE,
    before,
    clause,
    larger_part,
    mark,
    value,
)
from jiangong.governance.reports.rules.checking.restoring import Restored
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

TOTAL = re.compile(r"(?:[年月季场天]累计|共计|合计|总计|总共|一共|共有|总人数|总数|共)[^，。；0-9]{0,14}$")
SPLIT = re.compile(r"其中|分别(?:为|是)?|包括|含|[：:]")

PAIR = 2
CLOSED, OPEN_LIST = re.compile("。|\n|$"), re.compile("等|如|主要")
NEAR = 8
MOST_NUMBERS = 60
"""Of one sentence, taken together: a text without marks must not take ever longer."""
ENDED = re.compile(
    "[。；;]|共计|合计|人均|每|全年|(?:年|月|季|期)[末底]|现有|结余|剩余|(?<![公总])共[^，。；、]{0,4}$"
)
LONGEST_LIST = 300


def arithmetic(restored: Restored, by_sentence: Sequence[Sequence[Claim]]) -> Iterator[Mark]:
    yield from enumerations.enumerations(restored.text)
    every = [claim for claims in by_sentence for claim in claims]
    yield from columns(restored.text, every)
    yield from sheets.totals(restored.text, every)
    for total, parts, is_all in across.sums(restored, by_sentence):
        all_told = is_all or _exhausts(restored.text, total, parts, "其中")
        if all_told or not across.TRAITS.search(restored.text, parts[0].start - NEAR, parts[-1].end + NEAR):
            yield from _sum(restored.text, total, parts, exhaustive=all_told)
    for number, claims in enumerate(by_sentence):
        if not claims:
            continue
        sentence = restored.sentences[number]
        yield from _lists(
            restored.text[sentence.start : _end_of_paragraph(restored.text, sentence.end)], claims
        )
        counts = [claim for claim in claims if claim.sort is Sort.COUNT]
        ahead = by_sentence[number - 1] if number else ()
        for at in range(0, len(counts), MOST_NUMBERS):
            yield from _worked_out(restored.text, sentence.start, counts[at : at + MOST_NUMBERS])
            if not _is_one_of_points(restored.text, sentence.start, ahead):
                yield from products.products(restored.text, sentence.start, counts[at : at + MOST_NUMBERS])
    for start, counts in _points(restored, by_sentence):
        yield from products.of_points(restored.text, start, counts)


def _is_one_of_points(text: str, start: int, ahead: Sequence[Claim]) -> bool:
    """毛毯60床，每床120元；棉衣40件，每件200元，共15200元: the total is of both, as the first point has none."""
    return text[max(0, start - 1) : start] in {"；", ";"} and sum(one.unit == "元" for one in ahead) < PAIR


def _points(restored: Restored, by_sentence: Sequence[Sequence[Claim]]) -> Iterator[tuple[int, list[Claim]]]:
    """What is counted in sentences that ； joins to one: where that begins, and its numbers."""
    start, joined = 0, list[Claim]()
    for sentence, claims in zip(restored.sentences, by_sentence, strict=True):
        start = start if joined else sentence.start
        joined += [claim for claim in claims if claim.sort is Sort.COUNT]
        if restored.text[sentence.end - 1 : sentence.end] in {"；", ";"}:
            continue
        if sentence.start > start and 2 < len(joined) <= MOST_NUMBERS:
            yield start, joined
        joined = []


def _worked_out(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    if len(counts) > 1:
        yield from _sums(text, start, counts)
        yield from shares.shares(text, start, counts)
        yield from changes.changes(text, start, counts)
        yield from balances.balances(text, start, counts)
        yield from _part_above_whole(text, start, counts)


def _end_of_paragraph(text: str, at: int) -> int:
    """Points that are divided by ； are sentences of their own, but one list."""
    end = at
    while text[end - 1 : end] in {"；", ";"}:
        ends = [place for sign in "。；;\n" if (place := text.find(sign, end)) >= 0]
        if not ends or min(ends) - at > LONGEST_LIST:
            break
        end = min(ends) + 1
    return end


def _lists(said: str, claims: Sequence[Claim]) -> Iterator[Mark]:
    """五进 names five, 五个一 lists five (P10)."""
    for claim in claims:
        if claim.sort is not Sort.LIST or claim.value is None:
            continue
        items = honours.listed(said, claim.thing)
        if len(items) > 1 and len(items) != claim.value:
            words = _("“%(name)s” promises %(count)s, but %(listed)s are listed.") % {
                "name": claim.thing, "count": grouped(claim.value), "listed": len(items),
            }  # fmt: skip
            yield mark(claim, "P10", words, (str(claim.value), str(len(items))))


def _sums(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """共120人，其中男80人、女50人; 一等奖1名、二等奖2名，共计4名."""
    for at, total in enumerate(counts):
        if total.sense is not Sense.EXACT or total.unit == "%":
            continue
        after = counts[at + 1 :]
        gap = text[total.end : after[0].start] if after else ""
        split = SPLIT.search(gap)
        said_total = TOTAL.search(before(text, start, total)) is not None
        if (
            split is not None
            and after
            and "。" not in gap
            and (said_total or split[0] in {"其中", "分别为", "分别是", "分别", "：", ":"})
        ):
            parts = [] if _is_last_of_row(text, counts, at) else _parts(text, total, after)
            yield from _sum(text, total, parts, exhaustive=_exhausts(text, total, parts, split[0]))
        elif split is None and after and (pair := _paired(text, total, after)):
            yield from _sum(text, total, pair, exhaustive=True)
        elif said_total and at and not (split and after):
            parts = _parts_ahead(text, total, counts[:at])
            yield from _sum(text, total, parts, exhaustive=True)


def _is_last_of_row(text: str, counts: Sequence[Claim], at: int) -> bool:
    """男20名、女16名，其中党员18名: of both together."""
    ahead = counts[at - 1] if at else None
    return ahead is not None and ahead.unit == counts[at].unit and "、" in text[ahead.end : counts[at].start]


def _parts(text: str, total: Claim, after: Sequence[Claim]) -> list[Claim]:
    """Claims of the total's unit one after another, each joined to the next by a mark, the same all along."""
    parts: list[Claim] = []
    joined = ""
    for claim in after:
        gap = text[(parts[-1].end if parts else total.end) : claim.start]
        if (
            claim.unit != total.unit
            or ENDED.search(gap)
            or changes.GREW.search(gap)
            or changes.AGAINST.search(gap)
        ):
            break
        sign = next((sign for sign in "、，" if parts and sign in gap), "")
        if joined and sign and sign != joined:
            break
        joined = joined or sign
        parts.append(claim)
    return parts


def _paired(text: str, total: Claim, after: Sequence[Claim]) -> list[Claim]:
    """职工86人，男52人、女34人: both sides of a pair behind the whole, without 其中."""
    parts = _parts(text, total, after)[:3]
    is_pair = len(parts) == PAIR and "，" in text[total.end : parts[0].start]
    return parts if is_pair and _exhausts(text, total, parts, "") else []


def _goes_the_other_way(text: str, part: Claim, total: Claim) -> bool:
    """入库420箱，入库380箱，共出库650箱: what came is no part of what went."""
    came, went = clause(text, 0, part), clause(text, 0, total)
    return bool(balances.GOT.search(came) and balances.GAVE.search(went)) and not balances.GAVE.search(came)


def _parts_ahead(text: str, total: Claim, before: Sequence[Claim]) -> list[Claim]:
    parts: list[Claim] = []
    following, joined = total, ""
    for at in reversed(range(len(before))):
        claim = before[at]
        gap = text[claim.end : following.start]
        if _is_broken_by(claim, total, before[:at]):
            return []
        if claim.unit != total.unit or len(gap) > 22 or ENDS_ROW.search(gap):
            break
        if products.PER.search(text, max(0, claim.start - NEAR), claim.start):
            continue  # a unit price is no part of what is spent
        if _goes_the_other_way(text, claim, total) or (joined == "、" and "、" not in gap):
            break  # 入围60件，评出金奖3件、银奖6件: the list begins behind a mark that is none of its own
        joined = next((sign for sign in "、，" if parts and sign in gap), joined)
        parts.append(claim)
        following = claim
    if any(balances.STOCK.search(clause(text, 0, claim)) for claim in parts):
        return []
    parts = parts[:-1] if _is_told_first(text, total, parts) else parts
    return parts if len(parts) > 1 else []


def _is_told_first(text: str, total: Claim, parts: Sequence[Claim]) -> bool:
    """共18场，一季度8场，二季度10场，合计18场: the total stands before its parts too. `parts`: the nearest first."""
    if len(parts) < PAIR:
        return False
    *rest, lead = parts
    if LED.match(text[lead.end : rest[-1].start]):
        return True
    if len(rest) < PAIR or any(TOTAL.search(before(text, 0, one)) for one in rest):
        return False
    ahead = sum((value(part) for part in rest), Decimal(0)) - value(total)
    says_total = TOTAL.search(before(text, 0, lead)) is not None
    return lead.value == total.value or (says_total and abs(ahead) < abs(ahead + value(lead)))


def _is_broken_by(claim: Claim, total: Claim, before: Sequence[Claim]) -> bool:
    """场租3000元，奖品120份共6000元，合计9000元: what else is part of the total is not known."""
    return claim.unit != total.unit and any(one.unit == total.unit for one in before)


LED = re.compile("[^，、：:]*[：:]|[^：:]*(?:其中|分别|包括|具体)")
"""Behind a total that its parts follow; 一季度：5场，二季度：6场 are parts themselves."""
ENDS_ROW = re.compile("[。；;]|(?<![年月季场天])累计")
REST = re.compile("(?:其他|其它|其余|余下|剩余)[^，。；]{0,8}$")


def _exhausts(text: str, total: Claim, parts: Sequence[Claim], split: str) -> bool:
    """Whether the parts are all that there are: a rest is named, or both sides of a pair."""
    if len(parts) < 2:
        return False
    if (
        split.startswith("分别")
        or (split in {"：", ":"} and _is_whole_list(text, total, parts))
        or (split and REST.search(text[parts[-2].end : parts[-1].start]))
    ):
        return True
    places = [total.end, *(part.end for part in parts)]
    gaps = [text[place : part.end + 8] for place, part in zip(places, parts, strict=False)]
    return any(
        len(words) == len(parts) and all(word in gap for word, gap in zip(words, gaps, strict=True))
        for words in EXHAUSTIVE
    )


def _is_whole_list(text: str, total: Claim, parts: Sequence[Claim]) -> bool:
    """220件：调解150件、仲裁40件、诉讼20件。: nothing between the total and its list, and nothing after it."""
    listed = text[total.end : parts[-1].end]
    return (
        CLOSED.match(text, parts[-1].end) is not None
        and OPEN_LIST.search(listed) is None
        and listed.find("：") < NEAR
    )


def _sum(text: str, total: Claim, parts: Sequence[Claim], *, exhaustive: bool) -> Iterator[Mark]:
    if (
        len(parts) < 2
        or any(part.sense is not Sense.EXACT or part.value is None for part in parts)
        or total.value is None
    ):
        if (
            len(parts) == 1
            and parts[0].value
            and total.value
            and (parts[0].lower or 0) > total.value
            and "其中" in text[total.end : parts[0].start]
            and not changes.GREW.search(text[max(0, total.start - 8) : total.start])
        ):
            yield larger_part(parts[0], total, "P6")
        return
    over = next(
        (part for part in parts if (part.value or 0) > total.value and part.start > total.start), None
    )
    if over is not None:
        yield larger_part(over, total, "P6")
        return
    added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if added == total.value or (added < total.value and not exhaustive):
        return
    words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
        "added": grouped(added),
        "total": total.text,
    }
    yield mark(total, "P13", words, (total.text, str(added)), other=parts[0])


HELD = re.compile("现有|共有|拥有|在册|总共|总数|有")


def _part_above_whole(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """职工640人，女职工715人: whose name ends with that of the whole is part of it (P6)."""
    for whole, part in pairwise(counts):
        gap = text[whole.end : part.start]
        named = len(whole.thing) > 1 and part.thing != whole.thing and part.thing.endswith(whole.thing)
        if not named or whole.unit != part.unit or "其中" in gap or part.verb not in {"", whole.verb}:
            continue
        is_held = HELD.search(clause(text, start, whole)) or clause(text, start, whole) == whole.thing
        if not is_held or (part.verb and part.verb != whole.verb) or TOTAL.search(before(text, start, part)):
            continue
        if whole.upper is not None and part.lower is not None and part.lower > whole.upper:
            yield larger_part(part, whole, "P6")
