"""What came in, what went out and what is left: of money and of everything else (domain.md §11.2, P13)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jiangong.governance.reports.rules.checking.model import Claim, Mark
from jiangong.governance.reports.rules.checking.reckoning import clause, is_exact, mark, value
from jiangong.ground.shared.rules.numbers import grouped
from jiangong.ground.shared.translation import gettext as _

CARRIED = re.compile(
    "(?:上年|上月|上期|去年|上季度|年初|期初|月初)(?:末|底)?[\u4e00-\u9fff]{0,4}(?:结余|结存|结转|余额|余)|期初"
)
INCOME = re.compile("收入|收到|收取|收缴|筹集|筹得|到账|募集|募得|拨入|入账|进账|计提")
SPENT = re.compile("支出|支付|使用|开支|花费|用去|列支|花去|用了|花了")
SAVED = re.compile("结余|余额|结存|节余|结转|剩余|尚余|余款|剩")
TOTAL = re.compile("共|合计|总计")
PART = re.compile("其中|用于|包括")
CAME = re.compile(
    "建档|受理|提出|登记|立案|接报|接到|收到|接待|排查|发现|征集|接收|报名|应到|应参加|申报|购进|采购|购置|购买|准备|带去|带来|制作|印制|印刷|领取"
    "|领到|应[到缴收交发付检测考报参投签办体审核还修换查拨退开]|筹集|储备|调拨|库存|下达|计划|任务|总共|共有|现有|原有|查出|梳理|发出|发放(?=问卷|选票|表)|邀请|应"
)
WENT = re.compile(
    "办结|完成|结案|整改|解决|已办|化解|答复|办理|就业|签订|实到|到会|出席|发放|发出|送出|送去|送了|用去|使用|用了|分发|配送|赠送|收回"
    "|回收|参加|张贴|安装|兑付|销号|消除|捐出|发了|已|实[到缴收交发付检测考报参投签办体审核还修换查拨退开]|脱困|脱贫|退出|摘帽|领走"
)
LEFT = re.compile(
    "剩余|余下|剩下|剩|尚有|尚余|还有|还剩|仍有|其余|另有|未完成|未整改|未办结|未解决|未参加|未到|未发放|未收回|未|待|请假|缺席|库存|结存|退回|缺勤|欠|缺|差"
)


STOCK = re.compile(
    CARRIED.pattern
    + "|(?:年初|月初|期初|季初|去年底|上年[末底]|上月[末底]|上季[末底]|原来?)(?:库存|在册|共?有|会员|存|职工)"
    "|^(?:原有|原存|原库存)"
)
GOT = re.compile(
    "购入|购进|采购|购置|购买|新购|添置|入库|进货|收到|新收|新增|新建|新立|接收|调入|受赠|补充|发展|吸收|新入|入会|招录|招聘|招收|转入|增加|受理|印制|订购|领取|筹集"
)
GAVE = re.compile(
    "发放|领用|发出|送出|出库|用去|用掉|使用|消耗|报废|调出|调走|借出|赠送|配送|办结|结案|整改|销号|退会|退出|转出|流失|离职|辞职|退休|减少|撤销|注销|脱困|脱贫|销毁|损耗|售出"
)
KEPT = re.compile(
    "结余|结存|剩余|尚余|尚存|余下|剩下|还剩|还有|尚有|库存|现存|(?:年|月|季|期)[末底]|现有|目前|未办|未结|未整改|未完|未销|待办|在册|余$|剩$"
)
ENDS = re.compile("(?:年|月|季|期)[末底]|现有?共?有|目前")
LEFT_OVER = re.compile("剩余|余下|剩下|还剩|尚余|库存剩余")


def balances(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    yield from _account(text, start, [claim for claim in counts if claim.unit == "元"])
    of_stock: set[int] = set()
    yield from _stock(text, start, [claim for claim in counts if claim.unit not in {"元", "%"}], of_stock)
    yield from _left_over(text, start, [claim for claim in counts if claim.start not in of_stock])


def _stock(text: str, start: int, counts: Sequence[Claim], of_stock: set[int]) -> Iterator[Mark]:
    """上月底结存420条，购入600条，发放750条，结余270条: what was there, came and went, of one unit."""
    carried: Claim | None = None
    came, went, moved = Decimal(0), Decimal(0), 0
    for claim in counts:
        said = clause(text, start, claim)
        if carried is None or STOCK.search(said):
            carried = claim if STOCK.search(said) and is_exact(claim) else None
            came, went, moved = Decimal(0), Decimal(0), 0
        elif PART.search(said) or claim.unit != carried.unit:
            continue
        elif not is_exact(claim) or _is_other_total(said, moved):
            carried = None
        elif GOT.search(said):
            came, moved = came + value(claim), moved + 1
        elif GAVE.search(said):
            went, moved = went + value(claim), moved + 1
        else:
            if moved and KEPT.search(said):
                of_stock.add(claim.start)
                yield from _kept(claim, carried, came, went)
            carried = None


def _is_other_total(said: str, moved: int) -> bool:
    """共 may be said of what is there at the end, or of all that came or went; else it sums up something else."""
    if TOTAL.search(said) is None or ENDS.search(said):
        return False
    return moved > 1 or not (GOT.search(said) or GAVE.search(said))


def _kept(claim: Claim, carried: Claim, came: Decimal, went: Decimal) -> Iterator[Mark]:
    true = value(carried) + came - went
    if true == value(claim):
        return
    told = {"whole": carried.text, "gone": grouped(went), "true": grouped(true), "left": claim.text}
    if not came:
        words = _("%(whole)s less %(gone)s is %(true)s, but the text says %(left)s.") % told
    elif not went:
        words = _("The parts add up to %(added)s, but the text says %(total)s.") % {
            "added": grouped(true), "total": claim.text,
        }  # fmt: skip
    else:
        words = _("%(carried)s with %(came)s more and %(went)s less is %(true)s, but the text says %(left)s.") % {
            **told, "carried": carried.text, "came": grouped(came), "went": grouped(went),
        }  # fmt: skip
    yield mark(claim, "P13", words, (claim.text, str(true)), other=carried)


def _account(text: str, start: int, sums: Sequence[Claim]) -> Iterator[Mark]:
    """上年结转2万元，收入18万元，支出17万元，结余3万元."""
    carried, came, went = Decimal(0), Decimal(0), Decimal(0)
    first: Claim | None = None
    spent = False
    for claim in sums:
        said = clause(text, start, claim)
        if not is_exact(claim) or PART.search(said):
            continue
        if CARRIED.search(said):
            carried += value(claim)
        elif SAVED.search(said):
            if first and spent and value(claim) != (left := carried + came - went):
                yield _does_not_balance(claim, first, carried + came, went, left)
            return
        elif SPENT.search(said):
            went, spent = (value(claim) if TOTAL.search(said) else went + value(claim)), True
        elif INCOME.search(said) and not spent:
            came = value(claim) if TOTAL.search(said) else came + value(claim)
            first = first or claim
        else:
            return


def _does_not_balance(claim: Claim, first: Claim, came: Decimal, went: Decimal, left: Decimal) -> Mark:
    words = _("%(income)s less %(spent)s is %(true)s yuan, but the text says %(left)s.") % {
        "income": grouped(came), "spent": grouped(went), "true": grouped(left), "left": claim.text,
    }  # fmt: skip
    return mark(claim, "P13", words, (claim.text, str(left)), other=first)


def _left_over(text: str, start: int, counts: Sequence[Claim]) -> Iterator[Mark]:
    """购进300册，发放250册，剩余50册; 应到35人，实到31人，请假4人."""
    counts = [claim for claim in counts if claim.unit != "%"]
    for at in range(2, len(counts)):
        whole, gone, left = counts[at - 2 : at + 1]
        if not is_exact(whole, gone, left) or not whole.unit == gone.unit == left.unit:
            continue
        said = [clause(text, start, claim) for claim in (whole, gone, left)]
        if whole.unit == "元" and SAVED.search(said[2]):
            continue
        if not (
            (CAME.search(said[0]) or LEFT_OVER.match(said[2]))
            and WENT.search(said[1])
            and LEFT.search(said[2])
        ):
            continue
        true = value(whole) - value(gone)
        if true >= 0 and true != value(left) and not CAME.match(said[2]):
            words = _("%(whole)s less %(gone)s is %(true)s, but the text says %(left)s.") % {
                "whole": whole.text, "gone": gone.text, "true": grouped(true), "left": left.text,
            }  # fmt: skip
            yield mark(left, "P13", words, (left.text, str(true)), other=whole)
