"""Sums, products, shares and changes that a text states, worked out again (domain.md §11.2, P6, P8, P10, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jiangong.books.figures.rules.numerals import Sense
from jiangong.books.ledger.rules import Severity
from jiangong.governance.reports.rules.checking import honours
from jiangong.governance.reports.rules.checking.columns import columns
from jiangong.governance.reports.rules.checking.model import Claim, Mark, Sort, Verdict
from jiangong.governance.reports.rules.checking.restoring import Restored
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

TOTAL = re.compile(r"(?:共计|合计|总计|总共|一共|共有|总人数|总数|共)[^，。；0-9]{0,14}$")
SPLIT = re.compile(r"其中|分别(?:为|是)?|包括|含|[：:]")
EXHAUSTIVE = (
    ("男", "女"), ("上半年", "下半年"), ("线上", "线下"), ("城镇", "农村"), ("城区", "乡镇"),
    ("在职", "退休"), ("一等奖", "二等奖", "三等奖"),
    ("党员", "非党员"), ("专职", "兼职"),
)  # fmt: skip
PER = re.compile(
    r"(?:每|人均|户均|平均每|场均|次均)(?P<who>人|名|户|家|场|次|个|本|册|份|位|班|期|节)?[^，。；0-9]{0,12}$"
)
SHARED = frozenset({"场", "期", "次", "节", "门", "课"})
"""What many take part in at once: heads times 人均6节 are no lessons that were held."""
TAKEN_IN = re.compile("受理|登记|立案|接报|接到|收到|接待|排查|发现|征集|接收|报名|应到|申报")
RATE = re.compile(r"(?P<rate>[\u4e00-\u9fff]{0,4}率)(?:达到了?|为|达|是|约)?$")
GREW = re.compile(
    r"(?:同比|较上年|比上年|较去年|比去年)?(?P<way>净[增减]|增长|增加|上升|提高|提升|下降|减少|降低)(?:了|幅度达|率为|达)?$"
)
FROM = re.compile(r"(?:由|从)[^，。；0-9]{0,14}$")
AGAINST = re.compile(r"[比较](?:上年|去年|前年|上季度|上月|[0-9]{4}年|同期)[^，。；0-9]{0,8}$")
TO = re.compile(r"(?:增加|上升|增长|提高|提升|扩大|发展|下降|减少|降低|降|升|增|减)(?:到|至|为)$")
DONE = re.compile("办结|完成|结案|整改|解决|已办|化解|答复|办理|就业|签订|参加|达标|合格")
ACCOUNT = (re.compile("收入|收到|收取|筹集|到账"), re.compile("支出|支付|使用"), re.compile("结余|余额|结存"))
SHARE_SLACK = Decimal("0.6")


def arithmetic(restored: Restored, by_sentence: Sequence[Sequence[Claim]]) -> Iterator[Mark]:
    yield from columns(restored.text, [claim for claims in by_sentence for claim in claims])
    for number, claims in enumerate(by_sentence):
        if not claims:
            continue
        sentence = restored.sentences[number]
        said = restored.text[sentence.start : sentence.end]
        yield from _lists(said, claims)
        counts = [claim for claim in claims if claim.sort is Sort.COUNT]
        if len(counts) > 1:
            yield from _sums(restored.text, sentence.start, sentence.end, counts)
            yield from _products(restored.text, sentence.start, counts)
            yield from _rates(restored.text, sentence.start, counts)
            yield from _changes(restored.text, sentence.start, counts)
            yield from _done_of_taken_in(restored.text, sentence.start, counts)
            yield from _balances(restored.text, sentence.start, counts)


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
            yield _mark(claim, "P10", words, (str(claim.value), str(len(items))))


def _before(text: str, start: int, claim: Claim) -> str:
    return text[max(start, claim.start - 24) : claim.start]


def _around(text: str, start: int, claim: Claim) -> str:
    return re.split("[。；]", _before(text, start, claim))[-1] + claim.thing


def _sums(text: str, start: int, end: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """共120人，其中男80人、女50人; 一等奖1名、二等奖2名，共计4名."""
    for at, total in enumerate(counts):
        if total.sense is not Sense.EXACT or total.unit == "%":
            continue
        after = counts[at + 1 :]
        gap = text[total.end : after[0].start] if after else ""
        split = SPLIT.search(gap)
        said_total = TOTAL.search(_before(text, start, total)) is not None
        if (
            split is not None
            and after
            and "。" not in gap
            and (said_total or split[0] in {"其中", "分别为", "分别是", "分别"})
        ):
            parts = _parts(text, total, after)
            yield from _sum(text, total, parts, exhaustive=_exhausts(text[total.end : end], parts, split[0]))
        elif said_total and at and not (split and after):
            parts = _parts_ahead(text, total, counts[:at])
            yield from _sum(text, total, parts, exhaustive=True)


def _parts(text: str, total: Claim, after: Sequence[Claim]) -> list[Claim]:
    """Claims of the total's unit one after another, each joined to the next by a mark."""
    parts: list[Claim] = []
    for claim in after:
        if claim.unit != total.unit or re.search(
            "[。；;]|共计|合计|人均|每", text[(parts[-1].end if parts else total.end) : claim.start]
        ):
            break
        parts.append(claim)
    return parts


def _parts_ahead(text: str, total: Claim, before: Sequence[Claim]) -> list[Claim]:
    parts: list[Claim] = []
    following = total
    for claim in reversed(before):
        gap = text[claim.end : following.start]
        if claim.unit != total.unit or len(gap) > 22 or re.search("[。；;]|累计", gap):
            break
        parts.append(claim)
        following = claim
    return parts if len(parts) > 1 else []


def _exhausts(said: str, parts: Sequence[Claim], split: str) -> bool:
    if split.startswith("分别"):
        return len(parts) > 1
    return any(all(word in said for word in words) and len(parts) == len(words) for words in EXHAUSTIVE)


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
        ):
            words = _("%(part)s are part of %(total)s, but more.") % {
                "part": parts[0].text,
                "total": total.text,
            }
            yield _mark(parts[0], "P6", words, (parts[0].text, total.text), other=total)
        return
    added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if added == total.value or (added < total.value and not exhaustive):
        return
    words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
        "added": grouped(added),
        "total": total.text,
    }
    yield _mark(total, "P13", words, (total.text, str(added)), other=parts[0])


def _products(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """为50户每户发放500元，共计3万元; 人均."""
    for at, each in enumerate(counts):
        per = PER.search(_before(text, start, each))
        if per is None or each.sense is not Sense.EXACT:
            continue
        others = [
            claim for claim in counts if claim is not each and claim.sense is Sense.EXACT and claim.value
        ]
        wholes = [claim for claim in others if claim.unit == each.unit and abs(counts.index(claim) - at) <= 2]
        heads = [
            claim
            for claim in others
            if claim.unit != each.unit
            and claim.unit not in {"%", "元"}
            and _is_head(claim, per["who"], per[0])
        ]
        if not heads and per["who"] == "班":
            heads = [
                claim
                for claim in others
                if claim.unit in {"个", "班"} and "班" in _around(text, start, claim)
            ]
        if not wholes or not heads or not each.value:
            continue
        if each.unit in SHARED and per[0].startswith("人均"):
            continue
        whole = wholes[-1]
        head = min(heads, key=lambda claim: abs(counts.index(claim) - at))
        product = each.value * (head.value or 0)
        about = per[0].startswith(("人均", "户均", "平均", "场均", "次均"))
        slack = (head.value or Decimal(0)) * Decimal(1) if about else Decimal(0)
        if abs(product - (whole.value or 0)) > slack + (whole.value or 0) * (Decimal("0.02") if about else 0):
            words = _("%(count)s times %(each)s is %(product)s, but the text says %(whole)s.") % {
                "count": head.text, "each": each.text, "product": grouped(product), "whole": whole.text,
            }  # fmt: skip
            yield _mark(whole, "P13", words, (whole.text, str(product)), other=each)


def _is_head(claim: Claim, who: str | None, said: str) -> bool:
    unit = who or {"人": "人", "户": "户", "场": "场", "次": "次"}.get(said[0], "")
    return claim.unit in {"人", "人次"} if unit in {"人", "名", "位", ""} else claim.unit == unit


def _rates(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """受理120件，办结118件，办结率95%: worked out from the two counts before it."""
    for at, rate in enumerate(counts):
        if (
            rate.unit != "%"
            or at < 2
            or rate.sense is not Sense.EXACT
            or not RATE.search(_before(text, start, rate))
        ):
            continue
        whole, part = counts[at - 2], counts[at - 1]
        exact = all(claim.sense is Sense.EXACT and claim.value for claim in (whole, part))
        if TOTAL.search(_before(text, start, part)):
            continue
        if not exact or whole.unit != part.unit or not DONE.search(_before(text, start, part)):
            continue
        if (part.value or 0) > (whole.value or 0):
            words = _("%(part)s are part of %(total)s, but more.") % {"part": part.text, "total": whole.text}
            yield _mark(part, "P13", words, (part.text, whole.text), other=whole)
            continue
        true = (part.value or Decimal(0)) / (whole.value or Decimal(1)) * 100
        if abs(true - (rate.value or 0)) > SHARE_SLACK:
            words = _("%(part)s of %(whole)s is %(true)s%%, but the text says %(rate)s.") % {
                "part": part.text, "whole": whole.text, "true": f"{true:.1f}", "rate": rate.text,
            }  # fmt: skip
            yield _mark(rate, "P13", words, (rate.text, f"{true:.1f}%"), other=part)


def _changes(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """从100人增加到150人，增长30%; 150人，比上年的100人增加50人."""
    for at in range(2, len(counts)):
        first, second, change = counts[at - 2], counts[at - 1], counts[at]
        if first.unit != second.unit or not GREW.search(_before(text, start, change)):
            continue
        if AGAINST.search(_before(text, start, second)):
            first, second = second, first
        elif not (FROM.search(_before(text, start, first)) and TO.search(_before(text, start, second))):
            continue
        values = [claim.value for claim in (first, second, change)]
        if (
            any(value is None for value in values)
            or any(c.sense is not Sense.EXACT for c in (first, second, change))
            or not first.value
        ):
            continue
        before, after, told = (value or Decimal(0) for value in values)
        true = abs(after - before) / before * 100 if change.unit == "%" else abs(after - before)
        slack = SHARE_SLACK if change.unit == "%" else Decimal(0)
        if change.unit in {"%", first.unit} and abs(true - told) > slack:
            shown = f"{true:.1f}%" if change.unit == "%" else grouped(true)
            words = _("From %(first)s to %(second)s is a change of %(true)s, but the text says %(change)s.") % {
                "first": first.text, "second": second.text, "true": shown, "change": change.text,
            }  # fmt: skip
            yield _mark(change, "P13", words, (change.text, shown), other=first)


def _done_of_taken_in(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """受理124件，办结131件: no more is done than came in. Where a rate follows, _rates tells it."""
    for at, (whole, part) in enumerate(pairwise(counts)):
        followed_by_rate = counts[at + 2].unit == "%" if at + 2 < len(counts) else False
        clause = re.split("[，。；、]", _before(text, start, part))[-1]
        if followed_by_rate or whole.unit != part.unit or not DONE.search(clause):
            continue
        came_in = TAKEN_IN.search(re.split("[，。；、]", _before(text, start, whole))[-1])
        if came_in and whole.upper is not None and part.lower is not None and part.lower > whole.upper:
            words = _("%(part)s are part of %(total)s, but more.") % {"part": part.text, "total": whole.text}
            yield _mark(part, "P13", words, (part.text, whole.text), other=whole)


def _balances(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """收入18万元，支出17万元，结余1万元."""
    for at in range(2, len(counts)):
        three = counts[at - 2 : at + 1]
        said = [re.split("[，。；、]", _before(text, start, claim))[-1] for claim in three]
        if not all(pattern.search(clause) for pattern, clause in zip(ACCOUNT, said, strict=True)):
            continue
        if any(claim.unit != "元" or claim.sense is not Sense.EXACT for claim in three):
            continue
        income, spent, left = (claim.value or Decimal(0) for claim in three)
        if left != income - spent:
            words = _("%(income)s less %(spent)s is %(true)s yuan, but the text says %(left)s.") % {
                "income": three[0].text, "spent": three[1].text, "true": grouped(income - spent),
                "left": three[2].text,
            }  # fmt: skip
            yield _mark(three[2], "P13", words, (three[2].text, str(income - spent)), other=three[0])


def _mark(claim: Claim, code: str, words: str, compared: tuple[str, str], other: Claim | None = None) -> Mark:
    claim.mark(Verdict.ARITHMETIC, code)
    place = (other.start, other.end) if other else None
    return Mark(code, Severity.ERROR, words, claim.start, claim.end, compared, place, Verdict.ARITHMETIC)
