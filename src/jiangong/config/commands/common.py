"""What several commands share: finding units, reading dates, printing for people or programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from tqdm import tqdm

from jiangong.books.ledger.models import Book, Record
from jiangong.books.ledger.queries import totals
from jiangong.books.ledger.queries.totals import Reading
from jiangong.ground.organization.models import Unit
from jiangong.ground.shared.errors import DomainError
from jiangong.ground.shared.rules import periods

Branches = Any
T = TypeVar("T")


class NoBook(DomainError):
    code = "no_book"
    message = _("There is no book yet. Run `jiangong init` for your federation, or `jiangong example`.")


class UnitUnknown(DomainError):
    code = "unit_unknown"
    message = _(
        "No unit has the code or name %(unit)s. `jiangong figures` without --unit reads the federation."
    )


class PositionUnknown(DomainError):
    code = "position_unknown"
    message = _(
        "The book has no position %(as_of)s: its last posting is %(last)s. Name a number up to that, or leave out "
        "--as-of to read it as it stands."
    )


class NotText(DomainError):
    code = "not_text"
    message = _("%(word)s is not text in UTF-8. Type it again.")


def require_text(words: Sequence[str]) -> None:
    """Bytes that are no text reach Python as lone surrogates, which no database takes."""
    for word in words:
        shown = word.encode(errors="backslashreplace").decode()
        if shown != word:
            raise NotText(word=shown)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """Beside the output, so that this stays what programs read."""
    sys.stderr.write(f"{text}\n")


def say_json(content: Any) -> None:
    say(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def progress(items: Iterable[T], *, what: str, total: int | None = None) -> Iterator[T]:
    """Shows a bar on a terminal only, so that logs stay clean."""
    return iter(tqdm(items, desc=what, total=total, disable=not sys.stderr.isatty(), leave=False))


def bar(*, what: str, total: int) -> Any:
    return tqdm(desc=what, total=total, disable=not sys.stderr.isatty(), leave=False)


def byte_bar(*, what: str, total: int) -> Any:
    return tqdm(
        desc=what,
        total=total,
        unit="B",
        unit_scale=True,
        unit_divisor=1024,
        disable=not sys.stderr.isatty(),
        leave=False,
    )


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        message = f"{text} is not a day such as 2020-05-01"
        raise argparse.ArgumentTypeError(message) from error
    if found.year < periods.FIRST_YEAR:
        message = f"{text} lies before {periods.FIRST_YEAR}"
        raise argparse.ArgumentTypeError(message)
    return found


def position(text: str) -> int:
    if not (text.isdecimal() and len(text) < 19):
        message = f"{text} is not the number of a posting"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 19 and least <= int(text) <= most):
            message = f"{text} is not a whole number from {least} to {most}"
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return read


def add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unit", default="", help="code or name; default the federation")
    parser.add_argument("--since", type=day, help="first day; default the first record's")
    parser.add_argument("--until", type=day, help="last day; default the last record's")
    parser.add_argument("--as-of", type=position, help="as the book stood at this position")
    parser.add_argument("--json", action="store_true", help="for programs")


def reading_of(options: argparse.Namespace) -> Reading:
    unit = _unit(options.unit)
    days = Record.objects.order_by("happened_on").values_list("happened_on", flat=True)
    since = options.since or days.first() or date(2000, 1, 1)
    until = options.until or max(days.last() or since, since)
    if until < since:
        raise periods.PeriodUnreadable("since", since=since.isoformat(), until=until.isoformat())
    last = totals.position(unit_id=unit.pk)
    if options.as_of is not None and options.as_of > last:
        raise PositionUnknown("as_of", as_of=options.as_of, last=last)
    return Reading(unit_id=unit.pk, since=since, until=until, as_of=options.as_of)


def _unit(name: str) -> Unit:
    if not name:
        book = Book.objects.select_related("federation").order_by("pk").first()
        if book is None:
            raise NoBook
        return book.federation
    unit = Unit.objects.filter(code=name).first() or Unit.objects.filter(name=name).first()
    if unit is None:
        raise UnitUnknown(unit=name)
    return unit
