"""Comments on a text, each with where its passage stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db.models import Prefetch

from jiangong.governance.reports.models import Comment, Report
from jiangong.governance.reports.queries.naming import with_names
from jiangong.governance.reports.rules import text as texts
from jiangong.governance.reports.rules.anchors import found_again
from jiangong.governance.reports.rules.tokens import TOKEN

LONGEST_QUOTE = 200
SHORT = 24


@dataclass(frozen=True, slots=True)
class Passage:
    """What a comment is about: a quote of the text in the editor from `start` on, or of a paragraph as read.

    `paragraph` counts headings and paragraphs from 0; the whole of it is meant where the quote is not in it.
    """

    quote: str = ""
    start: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    quote: str
    start: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers. `start` and `end` are places in the text with names; None where it is lost."""

    comment: Comment
    replies: Sequence[Comment]
    quote: str
    start: int | None
    end: int | None
    paragraph: int | None
    answer_uuid: UUID = field(default_factory=uuid4)
    """For the form of an answer, so that a double click says it once."""

    @property
    def is_lost(self) -> bool:
        return bool(self.comment.quote) and self.start is None

    @property
    def is_settled(self) -> bool:
        return self.comment.settled_at is not None


@dataclass(frozen=True, slots=True)
class Talk:
    """All comments of a text: those that are open in the order of the text, lost ones last, then settled ones."""

    threads: Sequence[Thread]
    paragraphs: Sequence[tuple[int, str]]

    @property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.is_settled]

    @property
    def settled(self) -> list[Thread]:
        return [thread for thread in self.threads if thread.is_settled]


def anchor(*, report: Report, passage: Passage) -> Anchored:
    """Where the passage stands in the text with names; nothing given is about the text as a whole."""
    shown, _known = with_names(report=report)
    quote = passage.quote.strip()
    if passage.paragraph is not None:
        return _in_paragraph(shown, passage.paragraph, quote)
    place = found_again(quote=quote[:LONGEST_QUOTE], start=passage.start or 0, text=shown)
    return Anchored(shown[place.start : place.end], place.start) if place else Anchored("", 0)


def _in_paragraph(shown: str, number: int, quote: str) -> Anchored:
    spans = _spans(shown)
    if not 0 <= number < len(spans):
        return Anchored("", 0)
    start, end = spans[number]
    place = shown.find(quote, start, end) if quote else -1
    if place < 0:
        return Anchored(shown[start:end][:LONGEST_QUOTE], start)
    return Anchored(quote[:LONGEST_QUOTE], place)


def _spans(shown: str) -> list[tuple[int, int]]:
    """Where each heading or paragraph stands, in the order in which it is printed."""
    spans, offset = [], 0
    for line in shown.split("\n"):
        if texts.parse(line).lines:
            heading = texts.HEADING.fullmatch(line.rstrip())
            spans.append((offset + (heading.start("text") if heading else 0), offset + len(line.rstrip())))
        offset += len(line) + 1
    return spans


def talk(*, report: Report, shown: str) -> Talk:
    """`shown` is the text as it stands in the editor, with names. Three statements for any number of comments."""
    answers = Comment.objects.select_related("by__person")
    found = (
        Comment.objects.filter(report=report, parent__isnull=True)
        .select_related("by__person", "settled_by__person", "version")
        .prefetch_related(Prefetch("replies", queryset=answers))
    )
    spans = _spans(shown)
    threads = [_thread(comment, shown, spans) for comment in found]
    threads.sort(key=lambda one: (one.is_lost, -1 if one.start is None else one.start))
    paragraphs = [(number, _short(shown[start:end])) for number, (start, end) in enumerate(spans)]
    return Talk(threads, paragraphs)


def _thread(comment: Comment, shown: str, spans: Sequence[tuple[int, int]]) -> Thread:
    place = found_again(quote=comment.quote, start=comment.start, text=shown)
    paragraph = None
    if place is not None:
        paragraph = next((number for number, (_s, end) in enumerate(spans) if place.start < end), None)
    return Thread(
        comment=comment,
        replies=list(comment.replies.all()),
        quote=readable(comment.quote),
        start=place.start if place else None,
        end=place.end if place else None,
        paragraph=paragraph,
    )


def readable(quote: str) -> str:
    """With the figures' names instead of their marks."""
    return TOKEN.sub(lambda match: f"［{match['body'].partition('|')[0]}］", quote).replace("**", "")


def _short(line: str) -> str:
    plain = readable(line)
    return f"{plain[:SHORT]}…" if len(plain) > SHORT else plain
