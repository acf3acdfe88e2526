"""Which figure of the ledger a claim means, by name, alias, unit and part; the score is explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from jiangong.governance.reports.rules.checking.model import Bound, Claim, Known, Registry, Sort

ENOUGH = 5.5
WHOLE_NAME, SAME_UNIT, KIN_UNIT, ONLY_UNIT, PART = 4.0, 3.0, 1.0, 1.5, 5.0
KIN = (
    frozenset({"人", "人次"}),
    frozenset({"次", "人次", "人"}),
    frozenset({"场", "次", "期", "堂"}),
    frozenset({"个", "件", "项", "处", "起"}),
    frozenset({"册", "本", "份"}),
    frozenset({"份", "张"}),
    frozenset({"个", "家", "间", "座"}),
    frozenset({"件", "个", "块", "条", "幅", "处"}),
)


class Binder:
    """The figures, prepared once for a text."""

    def __init__(self, registry: Registry) -> None:
        self.figures = registry.figures
        by_unit: dict[str, int] = defaultdict(int)
        for known in registry.figures:
            if not known.is_ratio:
                by_unit[known.unit] += 1
        self.only = {
            unit for unit, count in by_unit.items() if count == 1 and unit not in {"人", "人次", "元", "个"}
        }
        self.units = sorted(registry.units, key=lambda unit: -len(unit[1]))

    def bind(self, claim: Claim, sentence: str, before: str) -> Bound | None:
        """`before`: the sentence up to the claim. None where no figure is near enough."""
        if claim.sort is not Sort.COUNT:
            return None
        best: Bound | None = None
        for known in self.figures:
            if not related(claim.unit, known):
                continue
            found = self._held_against(claim, known, sentence, before)
            if found is not None and (best is None or found.score > best.score):
                best = found
        return best

    def _held_against(self, claim: Claim, known: Known, sentence: str, before: str) -> Bound | None:
        near = f"{claim.verb}{claim.thing}{claim.unit}".replace("率", "量")
        score, why = _name_score(known.words, near, before[-24:] + claim.thing)
        same = claim.unit == known.unit
        score += SAME_UNIT if same else KIN_UNIT
        why.append(f"={claim.unit}" if same else f"~{claim.unit}")
        if claim.unit in self.only and same:
            score += ONLY_UNIT
            why.append(f"1×{claim.unit}")
        part = _part(known, near, sentence)
        named = next((name for code, name in known.parts if code == part), "")
        if named and named in near:
            score += PART
            why.append(f"@{named}")
        if score < ENOUGH:
            return None
        key = f"{known.key}@{part}" if part else known.key
        return Bound(
            key, f"{known.name}（{named}）" if named else known.name, score, tuple(why), self._unit(before)
        )

    def _unit(self, before: str) -> str:
        """The unit that the sentence is about: named at the beginning of its clause."""
        for code, name in self.units:
            at = before.find(name)
            if at == 0 or (at > 0 and before[at - 1] in "，；、：其中市" and len(name) > 2):
                return code
        return ""


def related(unit: str, known: Known) -> bool:
    if known.is_ratio:
        return unit == known.unit
    return unit == known.unit or any(unit in kin and known.unit in kin for kin in KIN)


def _name_score(names: Sequence[str], near: str, around: str) -> tuple[float, list[str]]:
    """A whole name in what is counted; else as many of its pairs of signs as are there."""
    score, why = 0.0, []
    for name in names:
        if name in near:
            found, reason = WHOLE_NAME + min(len(name), 6) * 0.5, name
        elif name in around:
            found, reason = WHOLE_NAME, name
        else:
            pairs = pairs_of(name)
            share = sum(pair in near for pair in pairs) / len(pairs) if pairs else 0.0
            found, reason = share * WHOLE_NAME, f"{name} {share:.0%}"
        if found > score:
            score, why = found, [reason]
    return score, why


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> tuple[str, ...]:
    return tuple({name[at : at + 2] for at in range(len(name) - 1)})


def _part(known: Known, near: str, sentence: str) -> str:
    """The longest part whose name stands in what is counted, else the only one that the sentence names."""
    found = _longest((code, name) for code, name in known.parts if name in near)
    if found:
        return found
    named = [(code, name) for code, name in known.parts if name in sentence]
    apart = {
        code for code, name in named if not any(name != other and name in other for _code, other in named)
    }
    return apart.pop() if len(apart) == 1 else ""


def _longest(parts: Iterable[tuple[str, str]]) -> str:
    return max(parts, key=lambda part: len(part[1]), default=("", ""))[0]
