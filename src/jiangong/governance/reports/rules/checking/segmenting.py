"""Words of a text, by a dictionary alone: what it does not hold falls apart into single signs."""

from __future__ import annotations

from functools import lru_cache


def words(text: str) -> list[str]:
    """All of the text, word by word."""
    import rjieba  # noqa: PLC0415 — its dictionary takes 30 MB, and few processes ever check a text

    found: list[str] = rjieba.cut(text, False)
    return found


@lru_cache(maxsize=20_000)
def is_word(stretch: str) -> bool:
    import rjieba  # noqa: PLC0415 — see above

    return bool(rjieba.has_word(stretch))


@lru_cache(maxsize=20_000)
def frequency(stretch: str) -> int:
    """How often it must be met to be cut as one word: for a word that the dictionary holds, how often it is."""
    import rjieba  # noqa: PLC0415 — see above

    return int(rjieba.suggest_freq(stretch))


@lru_cache(maxsize=20_000)
def is_name(stretch: str) -> bool:
    """Whether it can begin a person's name, so far as the dictionary tells."""
    import rjieba  # noqa: PLC0415 — see above

    return any(sort.startswith("nr") for _word, sort in rjieba.tag(stretch)[:1])


@lru_cache(maxsize=20_000)
def is_whole_name(stretch: str) -> bool:
    """Whether all of it is taken for one person's name."""
    import rjieba  # noqa: PLC0415 — see above

    tagged = rjieba.tag(stretch)
    return len(tagged) == 1 and tagged[0][1].startswith("nr")
