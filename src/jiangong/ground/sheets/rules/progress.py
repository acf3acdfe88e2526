"""How far a job has come, in a word that other processes read while its transaction is open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    CHECKED = "checked"
    APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class Progress:
    """So many rows of `total` are done in this step."""

    step: Step
    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.step}:{self.done}:{self.total}"

    @property
    def is_applied(self) -> bool:
        return self.step is Step.APPLIED

    @classmethod
    def parse(cls, word: str) -> Progress | None:
        step, _mark, numbers = word.partition(":")
        done, _mark, total = numbers.partition(":")
        return cls(Step(step), int(done), int(total)) if total else None
