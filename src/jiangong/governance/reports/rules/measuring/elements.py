"""Rules of single elements: head, recipients, annexes, signature, colophon."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from jiangong.governance.reports.rules import heads, layout
from jiangong.governance.reports.rules.elements import Element
from jiangong.governance.reports.rules.measuring.findings import Departure, in_mm, spoken
from jiangong.governance.reports.rules.measuring.pages import is_letter, is_minutes, pitch
from jiangong.governance.reports.rules.measuring.reading import PAGE_BREAK, File, Paragraph, Table
from jiangong.governance.reports.rules.measuring.roles import Named, is_red, number_in
from jiangong.governance.reports.rules.measuring.types import indent, place_of
from jiangong.ground.shared.translation import gettext_lazy as _

DATE_FORM = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
NOTE_FORM = re.compile(r"附件：(?:1\.)?(?!\d{1,2}[.．、\s])[^\s.、].*[^。；;，,、.]", re.DOTALL)
"""A name may begin with a year, and not with another number of the list."""
NOTE_LINE = re.compile(r"\d{1,2}\.[^\s.、].*[^。；;，,、.]", re.DOTALL)
PRINTED_FORM = re.compile(rf".*{DATE_FORM.pattern}印发", re.DOTALL)
NEAR = Decimal("0.75")
"""Of a character, in the place of a signature: names are as wide as their faces."""
MARK_TOLERANCE = Decimal("1.5")
THICK = range(layout.THICK_RULE.eighths - 2, layout.THICK_RULE.eighths + 5)
THIN = range(layout.THIN_RULE.eighths - 2, layout.THIN_RULE.eighths + 2)


def of_elements(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    yield from _mark(file, text)
    yield from _red_rule(file, text)
    yield from _missing(text)
    letter, present = is_letter(text), {one.element for one in text}
    for one in text:
        yield from _number(one)
        yield from _number_place(one, letter=letter, present=present)
        yield from _recipients(one)
        yield from _date(one)
        yield from _remark(one)
        yield from _colophon(one, letter=letter)
    if not is_minutes(text):  # the organ gives them their own form, and no seal (10.3)
        yield from _signature(text)
    yield from _annex_note(text)
    yield from _annexes(file, text)


def _of(text: Sequence[Named], element: Element) -> list[Named]:
    return [one for one in text if one.element is element]


def _mark(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    """35 mm below the type area's top, a letter's 30 mm below the paper's edge (7.2.4, 10.1)."""
    marks = _of(text, Element.MARK)
    if not marks or marks[0].paragraph.in_box or not file.sections:
        return
    mark, page = marks[0].paragraph, file.sections[0]
    top = _height_above(file, mark)
    if mark.properties.get("framePr.vAnchor") == "page":
        top = mark.whole("framePr.y") - page.margins.get("top", 0)
    letter = is_letter(text)
    wanted = layout.LETTER_MARK_TOP if letter else layout.MARK_TOP
    found = top + (page.margins.get("top", 0) if letter else 0)
    if abs(Decimal(found) / layout.TWIPS_PER_MM - wanted.mm) > MARK_TOLERANCE:
        yield Departure("G32", place_of(marks[0]), in_mm(found), f"{wanted.mm} mm", wanted.clause)


def _height_above(file: File, mark: Paragraph) -> int:
    """Twips from the type area's top to the mark's characters."""
    grid = file.sections[0].grid
    above = [one for one in file.paragraphs if one.number < mark.number]
    height = sum(pitch(one, grid) + one.whole("spacing.before") + one.whole("spacing.after") for one in above)
    return height + mark.whole("spacing.before") + (pitch(mark, grid) - int(mark.size * 20)) // 2


def _red_rule(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    marks, titles = _of(text, Element.MARK), _of(text, Element.TITLE)
    if not marks or not titles:
        return
    head = [one for one in file.paragraphs if one.number < titles[0].paragraph.number]
    ruled = [one for one in head if _rule_of(one)]
    if not ruled:
        if not any(one.has_drawing for one in head):
            yield Departure(
                "G33", place_of(marks[0]), str(_("none")), str(_("a red rule below the number")), "7.2.7"
            )
        return
    rule, letter = ruled[-1], is_letter(text)
    if letter:
        yield from _second_rule(file, marks[0])
        if not _kind_of(rule).startswith("thickThin"):
            double = str(_("a double rule, the thick one above"))
            yield Departure("G33", place_of(marks[0]), str(_("a single rule")), double, "10.1")
    wanted = layout.LETTER_RULE_WIDTH if letter else layout.AREA_WIDTH
    width = rule.whole("framePr.w") or _width(rule)
    if abs(Decimal(width) / layout.TWIPS_PER_MM - wanted.mm) > 2:
        yield Departure("G33", place_of(marks[0]), in_mm(width), f"{wanted.mm} mm", wanted.clause)
    gap = _gap(rule, marks[0].paragraph)
    if abs(gap / layout.TWIPS_PER_MM - layout.RULE_GAP.mm) > MARK_TOLERANCE:
        found = _("%(distance)s below the line above it") % {"distance": in_mm(gap)}
        yield Departure("G33", place_of(marks[0]), str(found), f"{layout.RULE_GAP.mm} mm", "7.2.7")


def _missing(text: Sequence[Named]) -> Iterator[Departure]:
    """A text with a number is a document: it has the organ's mark above, and its name and day below (7.2.4, 7.3.5)."""
    present = {one.element: one for one in text}
    if Element.NUMBER not in present:
        return
    none, last = str(_("none")), place_of(text[-1])
    if Element.MARK not in present:
        wanted = str(_("the organ's mark above the number"))
        yield Departure("G36", place_of(present[Element.NUMBER]), none, wanted, "7.2.4")
    if is_minutes(text):
        return
    if Element.DATE not in present:  # by it the organ's name is told from text
        yield Departure(
            "G36", last, none, str(_("the day below the text, under the organ's name")), "7.3.5.4"
        )
    elif Element.ORGAN not in present:
        yield Departure("G36", last, none, str(_("the organ's name below the text")), "7.3.5")


def _second_rule(file: File, mark: Named) -> Iterator[Departure]:
    """On the first page, 20 mm above the paper's lower edge (10.1). One that is drawn is not judged."""
    page = file.sections[0]
    kind = "first" if page.has_title_page else "default"
    foot = file.footers.get(page.footers.get(kind, ""), [])
    if any(one.has_drawing or one.in_box for one in foot):
        return
    ruled = next((one for one in foot if is_red(one.properties.get("topBorder.color", ""))), None)
    wanted = f"{layout.LETTER_FOOT.mm} mm"
    if ruled is None:
        yield Departure("G35", place_of(mark), str(_("none")), wanted, layout.LETTER_FOOT.clause)
        return
    above = Decimal(page.sides["h"] - ruled.whole("framePr.y")) / layout.TWIPS_PER_MM
    is_framed = ruled.properties.get("framePr.vAnchor") == "page"
    if is_framed and abs(above - layout.LETTER_FOOT.mm) > MARK_TOLERANCE:
        yield Departure("G35", place_of(mark), f"{above:.1f} mm", wanted, layout.LETTER_FOOT.clause)


def _rule_of(paragraph: Paragraph) -> bool:
    color = paragraph.properties.get(f"{_ruled_side(paragraph)}.color", "")
    return _kind_of(paragraph) not in {"nil", "none"} and is_red(color)


def _kind_of(paragraph: Paragraph) -> str:
    return paragraph.properties.get(f"{_ruled_side(paragraph)}.val", "nil")


def _ruled_side(paragraph: Paragraph) -> str:
    """A rule is a line's lower border, or the upper one of an empty line in a frame."""
    return "topBorder" if "framePr.y" in paragraph.properties and not paragraph.words else "bottomBorder"


def _width(paragraph: Paragraph) -> int:
    """A paragraph's rule reaches from indent to indent; one of the first line does not move it."""
    indents = paragraph.characters("left") + paragraph.characters("right")
    return layout.AREA_WIDTH.twips - int(indents * layout.CHARACTER * 20)


def _gap(paragraph: Paragraph, mark: Paragraph) -> Decimal:
    """Twips from the characters' lower edge to the rule."""
    if _ruled_side(paragraph) == "topBorder":
        return paragraph.whole("framePr.y") - mark.whole("framePr.y") - mark.size * 20
    space = paragraph.whole("bottomBorder.space") * 20
    exact = paragraph.properties.get("spacing.lineRule") == "exact"
    leading = (
        (paragraph.whole("spacing.line") - int(paragraph.size * 20)) // 2
        if exact
        else int(paragraph.size * 3)
    )
    return Decimal(space + max(leading, 0))


def _number(one: Named) -> Iterator[Departure]:
    if one.element not in {Element.NUMBER, Element.SIGNERS}:
        return
    found = number_in(one.paragraph.words)
    if found and not heads.NUMBER.fullmatch(found[0].strip()):
        yield Departure("G30", place_of(one), found[0].strip(), "高工发〔2020〕1号", "7.2.5")


def _number_place(one: Named, *, letter: bool, present: Set[Element]) -> Iterator[Departure]:
    """In the middle; at the left beside signers (7.2.5); at the right edge of a letter (10.1)."""
    if one.element is not Element.NUMBER or Element.MARK not in present:
        return
    paragraph, tabbed = one.paragraph, "\t" in one.paragraph.text
    if letter:
        is_well, wanted, clause = tabbed or paragraph.align in {"right", "end"}, _("at the right"), "10.1"
    elif tabbed or Element.SIGNERS in present:
        is_well, wanted, clause = _near(paragraph.first_line, 1), _("at the left, one character in"), "7.2.5"
    else:
        is_well, wanted, clause = paragraph.align == "center", _("centred"), "7.2.5"
    if not is_well:
        yield Departure("G34", place_of(one), spoken(paragraph.align), str(wanted), clause)


def _recipients(one: Named) -> Iterator[Departure]:
    if one.element is Element.RECIPIENTS and not one.paragraph.words.endswith("："):
        yield Departure("G80", place_of(one), one.paragraph.words[-4:], "：", "7.3.2")


def _date(one: Named) -> Iterator[Departure]:
    if one.element is Element.DATE and not _is_date(one.paragraph.words):
        yield Departure("G50", place_of(one), one.paragraph.words, "2020年1月8日", "7.3.5.4")


def _is_date(words: str) -> bool:
    """In the right form, and a day that was."""
    if not DATE_FORM.fullmatch(words):
        return False
    year, month, day = map(int, re.findall(r"\d+", words))
    return day <= calendar.monthrange(year, month)[1]


def _remark(one: Named) -> Iterator[Departure]:
    if one.element is Element.REMARK and not re.fullmatch(r"（.+）", one.paragraph.words):
        yield Departure("G52", place_of(one), one.paragraph.words[:12], "（×××）", "7.3.6")


def _signature(text: Sequence[Named]) -> Iterator[Departure]:
    """With a seal or a stamp the date ends four characters from the right; without, two (7.3.5)."""
    for place, one in enumerate(text):
        if one.element is not Element.DATE:
            continue
        before = text[place - 1] if place else None
        organ = before if before is not None and before.element is Element.ORGAN else None
        date = _sides(one.paragraph)
        above = None if organ is None else _sides(organ.paragraph)
        if not (_stands_well(date, above) or (one.after_blanks and _is_stamped(date, above))):
            wanted = _(
                "the date 4 characters from the right with a seal; without, the organ 2 and the date 2 after it"
            )
            found = _("the date %(count)s characters from the right") % {"count": f"{date[1]:.1f}"}
            yield Departure("G51", place_of(one), str(found), str(wanted), "7.3.5")


def _sides(paragraph: Paragraph) -> tuple[Decimal, Decimal]:
    """Where the words begin from the left and end from the right, in characters."""
    text = paragraph.text.rstrip("\n")
    width = layout.text_width(text.strip())
    trailing = layout.text_width(text[len(text.rstrip()) :])
    leading = layout.text_width(text[: len(text) - len(text.lstrip())])
    left, right = paragraph.first_line, paragraph.characters("right")
    if paragraph.align in {"right", "end"}:
        right += trailing
        return layout.CHARACTERS - right - width, right
    if paragraph.align == "center":
        middle = (layout.CHARACTERS + left - right) / 2
        return middle - width / 2, layout.CHARACTERS - middle - width / 2
    left += leading
    return left, layout.CHARACTERS - left - width


def _stands_well(date: tuple[Decimal, Decimal], organ: tuple[Decimal, Decimal] | None) -> bool:
    if organ is None:
        return any(_near(date[1], wanted) for wanted in (2, 4))
    if _near(date[1], 4) or (organ[1] <= NEAR and date[1] > 4):
        centred = (date[0] - date[1]) - (organ[0] - organ[1])
        if abs(centred) <= 2:
            return True
    return _near(date[0] - organ[0], 2) and (_near(organ[1], 2) or _near(date[1], 2))


def _is_stamped(date: tuple[Decimal, Decimal], post: tuple[Decimal, Decimal] | None) -> bool:
    """The signer's post to the left of a stamp, the date one empty line below it (7.3.5.3)."""
    return post is not None and _near(date[1], layout.SEAL_INDENT) and post[1] > date[1] + layout.STAMP_GAP


def _near(found: Decimal, wanted: Decimal | int) -> bool:
    return abs(found - wanted) <= NEAR


def _annex_note(text: Sequence[Named]) -> Iterator[Departure]:
    notes = _of(text, Element.ANNEX_NOTE)
    for place, one in enumerate(notes):
        words = one.paragraph.words
        if not (NOTE_LINE if place else NOTE_FORM).fullmatch(words):
            first = "附件：1.×××" if len(notes) > 1 else "附件：×××"
            yield Departure("G60", place_of(one), words[:12], "2.×××" if place else first, "7.3.4")
        elif not place and abs(one.paragraph.first_line - 2) > NEAR:
            yield Departure(
                "G17", place_of(one), indent(one.paragraph.first_line), indent(Decimal(2)), "7.3.4"
            )
        else:
            yield from _turned(one)
    if notes and not notes[0].after_blanks:
        found, wanted = str(_("no empty line above")), str(_("one empty line above"))
        yield Departure("G60", place_of(notes[0]), found, wanted, "7.3.4")


def _turned(one: Named) -> Iterator[Departure]:
    """A name that goes on in a second line does so under its first character."""
    paragraph = one.paragraph
    lead = re.match(r"(?:附件：)?(?:\d{1,2}\.)?", paragraph.words)
    wanted = paragraph.first_line + layout.text_width(lead[0] if lead else "")
    found = paragraph.characters("left")
    if paragraph.first_line + layout.text_width(paragraph.words) <= layout.CHARACTERS:
        return
    if abs(found - wanted) > NEAR:
        turned = _("turned lines %(indent)s")
        yield Departure(
            "G17",
            place_of(one),
            turned % {"indent": indent(found)},
            turned % {"indent": indent(wanted)},
            "7.3.4",
        )


def _annexes(file: File, text: Sequence[Named]) -> Iterator[Departure]:
    listed = _listed(text)
    labels = _of(text, Element.ANNEX_LABEL)
    for one in labels:
        if not _begins_page(file, one.paragraph):
            yield Departure(
                "G61", place_of(one), str(_("on the same page")), str(_("a page of its own")), "7.3.7"
            )
    titles = [
        (label, title)
        for label, title in pairwise(text)
        if label.element is Element.ANNEX_LABEL and title.element is Element.ANNEX_TITLE
    ]
    for label, title in titles:
        number = int(re.sub(r"\D", "", label.paragraph.words) or 1)
        name = re.sub(r"\s", "", title.paragraph.text)
        if listed.get(number, "") != name:
            found = listed.get(number) or str(_("not in the note"))
            yield Departure("G62", place_of(title), name, found, "7.3.7")


def _listed(text: Sequence[Named]) -> dict[int, str]:
    """What the note under the body lists, by number."""
    found = {}
    for place, one in enumerate(_of(text, Element.ANNEX_NOTE), start=1):
        words = re.sub(r"\s", "", re.sub(r"^附\s*件\s*[:：]", "", one.paragraph.words))
        number = re.match(r"(\d{1,2})[.．、]", words)
        name = words[number.end() :] if number else words
        found[int(number[1]) if number else place] = name.rstrip("。；;，,、")
    return found


def _begins_page(file: File, paragraph: Paragraph) -> bool:
    if paragraph.properties.get("pageBreakBefore.val", "0") not in {"0", "false", "off"}:
        return True
    place = paragraph.number - 1
    if PAGE_BREAK in paragraph.text or not place:
        return True
    while place:  # back to the words before it
        place -= 1
        one = file.paragraphs[place]
        if PAGE_BREAK in one.text:
            return True
        if one.words:
            break
    return file.paragraphs[place].section != paragraph.section


def _colophon(one: Named, *, letter: bool) -> Iterator[Departure]:
    words = one.paragraph.words
    if one.element is Element.COPIES and not re.fullmatch(r"抄送：.+。", words, re.DOTALL):
        yield Departure("G90", place_of(one), f"{words[:4]}…{words[-2:]}", "抄送：×××。", "7.4.2")
    if one.element is Element.PRINTED and not PRINTED_FORM.fullmatch(words):
        yield Departure("G90", place_of(one), words[-14:], "2020年1月8日印发", "7.4.3")
    table = one.paragraph.table
    if one.element in {Element.COPIES, Element.PRINTED} and table is not None and not letter:
        yield from _colophon_rules(one, table)


def _colophon_rules(one: Named, table: Table) -> Iterator[Departure]:
    """Its place is told of a table that is anchored: elsewhere it depends on where lines break."""
    if table.top not in THICK or table.bottom not in THICK:
        found = f"{_in_points(table.top)}, {_in_points(table.bottom)}"
        yield Departure("G91", place_of(one), found, f"{layout.THICK_RULE.mm} mm", "7.4.1")
    if table.rows > 1 and table.between not in THIN:
        wanted = f"{layout.THIN_RULE.mm} mm"
        yield Departure("G91", place_of(one), _in_points(table.between), wanted, "7.4.1")
    if table.width and abs(Decimal(table.width) / layout.TWIPS_PER_MM - layout.AREA_WIDTH.mm) > 2:
        yield Departure(
            "G91", place_of(one), in_mm(table.width), f"{layout.AREA_WIDTH.mm} mm", layout.AREA_WIDTH.clause
        )
    anchored = table.place.get("tblpYSpec") or table.place.get("tblpY")
    if anchored and (table.place.get("tblpYSpec"), table.place.get("vertAnchor")) != ("bottom", "margin"):
        wanted = str(_("on the lower edge of the type area"))
        yield Departure("G92", place_of(one), str(_("elsewhere on the page")), wanted, "7.4.1")


def _in_points(eighths: int) -> str:
    return f"{Decimal(eighths) / 8:.2f} pt"
