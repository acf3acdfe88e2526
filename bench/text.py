"""How well a text check finds claims and slips, beside a plain regular expression; how long a long text takes."""

from __future__ import annotations

import re
import time
from functools import reduce
from pathlib import Path

from bench.common import SCALE, heading, line
from jiangong.governance.reports.rules import text as drafts
from tests.governance.reports.checking import corpus
from tests.governance.reports.checking.corpus import Passage, Score

PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?[多余]?[万亿]?[多余]?(?:人次|[人名户家个件场次册本份项元条处期%])")
SEED = Path(corpus.__file__).parent / "seed.txt"
SIZE = 1_000_000


def main() -> None:
    import django

    django.setup()
    for held_back in (False, True):
        _set("held back, since looked at" if held_back else "settled", corpus.passages(held_back=held_back))
    for name, found in corpus.blind_sets().items():
        _set(f"{name} set, since looked at", found)
    for name, found in corpus.unseen_sets().items():
        _set(f"{name} set, UNSEEN: nothing was mended after it", found)
    _long()


def _set(name: str, found: list[Passage]) -> None:
    heading(f"Text check, {len(found)} passages, {name}: precision, recall")
    results = [corpus.measured(passage) for passage in found]
    for what in ("claims", "values", "things", "findings"):
        _tell(what, reduce(Score.__add__, [getattr(result, what) for result in results]))
    _tell("baseline, claims: digits and a unit", reduce(Score.__add__, map(_plain, found)))


def _tell(what: str, score: Score) -> None:
    limit = "≥ 0.95 each" if what in {"claims", "values", "findings"} else ""
    line(f"{what} ({score.right + score.missed})", f"{score.precision:.3f} {score.recall:.3f}", limit)


def _plain(passage: Passage) -> Score:
    spans = [match.span() for match in PLAIN.finditer(passage.text)]
    right = sum(any(s < claim.end and claim.start < e for s, e in spans) for claim in passage.claims)
    return Score(right, max(0, len(spans) - right), len(passage.claims) - right)


def _long() -> None:
    heading("A long text")
    text = "\n\n".join(passage.text for half in (False, True) for passage in corpus.passages(held_back=half))
    size = SIZE // SCALE
    while len(text.encode()) < size:
        text = f"{text}\n\n{text}"
    text = text.encode()[:size].decode(errors="ignore")
    begun = time.perf_counter()
    found = corpus.checking.check(text, registry=corpus.REGISTRY)
    took = time.perf_counter() - begun
    line(f"{len(text.encode()):,} bytes, {len(found.claims):,} claims", f"{took:.2f} s", "≤ 5 s")
    opened = text.replace("\n", "\n{{")[:size]
    begun = time.perf_counter()
    drafts.parse(opened)
    took = time.perf_counter() - begun
    line(
        f"as a draft, two braces open on every line: {len(opened.encode()):,} bytes", f"{took:.2f} s", "≤ 5 s"
    )
    begun = time.perf_counter()
    corpus.checking.check(SEED.read_text("utf-8"), registry=corpus.REGISTRY)
    line("the published report", f"{(time.perf_counter() - begun) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
