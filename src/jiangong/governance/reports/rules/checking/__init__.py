"""The text check (核稿): what a text claims and what is odd about it, without a database.

`check` restores the text, finds its claims, binds them to figures and runs every check; what the ledger says of them is
laid beside by `judged`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from jiangong.governance.reports.rules.checking import (
    annexes,
    arithmetic,
    contradictions,
    defects,
    digits,
    finding,
    honours,
    missing,
    names,
    plausibility,
    scopes,
    times,
)
from jiangong.governance.reports.rules.checking.binding import Binder
from jiangong.governance.reports.rules.checking.model import (
    EMPTY,
    Bound,
    Claim,
    Known,
    Mark,
    Registry,
    Sort,
    Span,
    Verdict,
)
from jiangong.governance.reports.rules.checking.restoring import Restored, restore

__all__ = [
    "EMPTY",
    "Bound",
    "Checked",
    "Claim",
    "Known",
    "Mark",
    "Registry",
    "Restored",
    "Sort",
    "Span",
    "Verdict",
    "check",
    "people_named",
    "restore",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """All places are those of the text as given; `claims` and `marks` are in its order."""

    source: str
    restored: Restored
    claims: tuple[Claim, ...]
    marks: tuple[Mark, ...]
    sentences: tuple[tuple[int, int], ...]

    def sentence(self, claim: Claim) -> str:
        """As it was meant, without broken lines."""
        place = self.restored.sentences[claim.sentence]
        return self.restored.text[place.start : place.end].strip()


STEPS = 9
"""Restoring, claims, and what `_marks` looks for."""


def check(source: str, *, registry: Registry = EMPTY, told: Callable[[int], None] | None = None) -> Checked:
    """`told` hears after each of the `STEPS` how many are done."""
    tell = told or (lambda _done: None)
    annexed = list(annexes.source_annexes(source))
    read = annexes.blanked(source, annexed)
    restored = restore(read)
    tell(1)
    by_sentence = _claims(restored, registry)
    tell(2)
    marks: list[Mark] = []
    for done, some in enumerate(_marks(read, restored, by_sentence, registry), start=3):
        marks += some
        tell(done)
    claims = [claim for group in by_sentence for claim in group]
    marks = _without_names(marks)
    _tell_claims(claims, marks)
    return Checked(
        source=source,
        restored=restored,
        claims=tuple(_in_source(claim, restored) for claim in claims),
        marks=tuple(
            sorted(
                (_mark_in_source(mark, restored) for mark in marks), key=lambda mark: (mark.start, mark.code)
            )
        ),
        sentences=tuple(
            sorted([*(restored.source(one.start, one.end) for one in restored.sentences), *annexed])
        ),
    )


def people_named(source: str) -> list[str]:
    """Whose consent the check asks for (P18), each once, in the order of the text."""
    annexed = list(annexes.source_annexes(source))
    restored = restore(annexes.blanked(source, annexed))
    return [mark.compared[0] for mark in names.named_persons(restored.text)]


def _marks(
    source: str, restored: Restored, by_sentence: list[list[Claim]], registry: Registry
) -> Iterator[list[Mark]]:
    yield list(missing.numbers_missing(digits.with_digits(restored.text)))
    yield list(plausibility.implausible(restored, by_sentence, registry))
    yield list(arithmetic.arithmetic(restored, by_sentence))
    yield list(contradictions.contradictions(restored, by_sentence))
    yield list(defects.defects(source, restored))
    yield list(names.near_names(restored.text, registry))
    yield list(names.named_persons(restored.text))


def _without_names(marks: list[Mark]) -> list[Mark]:
    """A name that is nearly right is told as that, and not once more as a slip of the pen."""
    named = {at for mark in marks if mark.code == "P17" for at in range(mark.start, mark.end)}
    return [
        mark
        for mark in marks
        if mark.code != "P15" or mark.in_source or named.isdisjoint(range(mark.start, mark.end))
    ]


def _claims(restored: Restored, registry: Registry) -> list[list[Claim]]:
    year = registry.until.year if registry.until else None
    groups: list[list[Claim]] = [[] for _sentence in restored.sentences]
    for claim in finding.claims_of(restored, year=year):
        if registry.whole.is_said and not claim.span.is_said:
            sentence = restored.sentences[claim.sentence]
            claim.span = times.of_all(restored.text[sentence.start : claim.start], registry.whole)
        groups[claim.sentence].append(claim)
    binder = Binder(registry)
    for number, sentence in enumerate(restored.sentences):
        group = groups[number]
        group += honours.honour_claims(restored.text, sentence.start, sentence.end, number)
        group.sort(key=lambda claim: claim.start)
        told = scopes.settings(restored.text, sentence.start, group)
        for claim, setting in zip(group, told, strict=True):
            claim.bound = binder.bind(claim, setting)
    return groups


def _tell_claims(claims: list[Claim], marks: list[Mark]) -> None:
    """A claim carries the codes of what is odd about its place."""
    at = 0
    odd = sorted((mark for mark in marks if mark.verdict is Verdict.IMPLAUSIBLE), key=lambda mark: mark.start)
    for mark in odd:
        while at < len(claims) and claims[at].end <= mark.start:
            at += 1
        for claim in claims[at:]:
            if claim.start >= mark.end:
                break
            claim.mark(Verdict.IMPLAUSIBLE, mark.code)


def _in_source(claim: Claim, restored: Restored) -> Claim:
    start, end = restored.source(claim.start, claim.end)
    return replace(claim, start=start, end=end)


def _mark_in_source(mark: Mark, restored: Restored) -> Mark:
    other = restored.source(*mark.other) if mark.other and not mark.in_source else mark.other
    if mark.in_source:
        return mark
    start, end = restored.source(mark.start, mark.end)
    return replace(mark, start=start, end=end, other=other)
