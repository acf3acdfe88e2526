"""Template tags of the house: icons, numbers, days, links that keep what is looked at, and the components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import segno
from django import template
from django.core.paginator import Page
from django.forms import BoundField, widgets
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from jiangong.ground.shared import clock
from jiangong.ground.shared.rules import addresses, charts, periods
from jiangong.ground.shared.rules.addresses import KEPT
from jiangong.ground.shared.rules.numbers import NOTHING
from jiangong.ground.shared.rules.numbers import grouped as grouped_number
from jiangong.ground.shared.rules.numbers import unit_for as measured_in
from jiangong.ground.shared.rules.numbers import yuan as yuan_number
from jiangong.ground.shared.rules.periods import Period, Shape

register = template.Library()

STATES = {
    "draft": ("pencil", "quiet"),
    "submitted": ("send", "info"),
    "returned": ("arrow-back-up", "warning"),
    "confirmed": ("circle-check", "success"),
    "withdrawn": ("ban", "quiet"),
    "called": ("calendar-event", "info"),
    "raised": ("help-circle", "warning"),
    "studied": ("clock", "info"),
    "solved": ("circle-check", "success"),
    "open": ("clock", "info"),
    "accepted": ("circle-check", "success"),
    "refused": ("circle-x", "warning"),
    "signing": ("clock", "info"),
    "issued": ("rosette-discount-check", "success"),
    "recalled": ("ban", "quiet"),
    "active": ("circle-check", "success"),
    "ended": ("circle-dashed", "quiet"),
    "checking": ("clock", "info"),
    "ready": ("circle-check", "info"),
    "applying": ("clock", "info"),
    "examining": ("clock", "info"),
    "confirming": ("clock", "info"),
    "stopped": ("alert-triangle", "bad"),
    "done": ("circle-check", "success"),
    "failed": ("circle-x", "warning"),
}


class CountedFigure(Protocol):
    """What a figure tells about how its values are written."""

    decimals: int

    @property
    def is_money(self) -> bool: ...


class Captioned(Protocol):
    name: str
    time: str
    place: str
    people: str
    subject: str
    background: str
    reason: str


class Monthly(Protocol):
    @property
    def month(self) -> int: ...
    @property
    def value(self) -> Decimal | None: ...


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A drawing from the sprite; with a label it speaks, without one it is decoration."""
    address = f"{static('built/icons.svg')}#{name}"
    shape = f"icon icon-{size}" if size else "icon"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', shape, label, address
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', shape, address)


def _query(context: Context, names: Iterable[str] | None) -> QueryDict:
    request = context.get("request")
    kept = QueryDict(mutable=True)
    if isinstance(request, HttpRequest):
        for name, values in request.GET.lists():
            if names is None or name in names:
                kept.setlist(name, values)
    return kept


def _as_text(kept: QueryDict, changes: dict[str, Any]) -> str:
    for name, value in changes.items():
        if value is None or value == "":
            kept.pop(name, None)
        else:
            kept[name] = value.isoformat() if isinstance(value, date) else str(value)
    return f"?{kept.urlencode()}" if kept else "?"


@register.simple_tag(takes_context=True)
def keep(context: Context, **changes: Any) -> str:
    """`?unit=…&since=…&until=…` as the address has them, with these changes; empty where there is nothing."""
    request = context.get("request")
    kept: str | None = None if changes else getattr(request, "kept_in_links", None)
    if kept is None:
        text = _as_text(_query(context, KEPT), changes)
        kept = "" if text == "?" else text
        if not changes and request is not None:
            request.kept_in_links = kept  # a page asks for it at every link
    return kept


@register.simple_tag(takes_context=True)
def kept(context: Context, address: str) -> str:
    """An address of ours, whatever its query, with the unit and period that this page's address has."""
    return (
        addresses.keeping(address, {n: str(v) for n, v in _query(context, KEPT).items()}) if address else ""
    )


@register.simple_tag(takes_context=True)
def here(context: Context, **changes: Any) -> str:
    """This page's address and whole query with these changes; an empty value takes a parameter out."""
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    return path + _as_text(_query(context, None), changes)


@register.simple_tag(takes_context=True)
def filters_here(context: Context, **changes: Any) -> str:
    """The whole query of this page's address, for the list that it shows, all of it and not a page of it."""
    text = _as_text(_query(context, None), {"page": None, **changes})
    return "" if text == "?" else text


@register.inclusion_tag("components/_keep_inputs.html", takes_context=True)
def keep_inputs(context: Context) -> dict[str, Any]:
    """The kept parameters as hidden inputs of a GET form."""
    return {"pairs": list(_query(context, KEPT).items())}


@register.inclusion_tag("components/_pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the pages around the present one of a Django paginator."""
    numbers = [] if page.paginator.num_pages < 2 else page.paginator.get_elided_page_range(page.number)
    links = [
        {"number": number, "href": here(context, page=number) if isinstance(number, int) else ""}
        for number in numbers
    ]
    return {
        "page": page,
        "links": links,
        "previous": here(context, page=page.number - 1) if page.has_previous() else "",
        "next": here(context, page=page.number + 1) if page.has_next() else "",
    }


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as SVG, drawn here: no other host, and no script, gets to know what is in it."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=2, svgclass="qr")
    return mark_safe(drawing)  # noqa: S308  # drawn by segno; the text is in its squares


@register.filter
def grouped(number: Decimal | int | None) -> str:
    return grouped_number(_plain(number))


@register.filter
def yuan(fen: int | None) -> str:
    return yuan_number(fen)


@register.filter
def amount(value: Decimal | None, figure: CountedFigure) -> str:
    """A figure's value as tables print it: grouped, money with two decimals, — for nothing."""
    if value is None:
        return NOTHING
    if figure.is_money:
        return f"{value:,.2f}"
    return f"{value:,.{figure.decimals}f}" if figure.decimals else grouped_number(_plain(value))


def _plain(number: Decimal | int | None) -> Decimal | int | None:
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else number.normalize()
    return number


@register.filter
def unit_for(unit: str, number: Decimal | int | None) -> str:
    """A unit of measure after its number: 12 pieces, 1 piece; Chinese units are the same for every number."""
    return measured_in(unit, number, language=get_language() or "")


@register.filter
def signed(number: Decimal | int | None) -> str:
    """`+120`, `−35`, `0`: a difference."""
    plain = _plain(number)
    if plain is None:
        return NOTHING
    return f"+{grouped_number(plain)}" if plain > 0 else grouped_number(plain).replace("-", "−")


@register.filter
def day(value: date | datetime | None) -> str:
    if value is None:
        return NOTHING
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "DATE_FORMAT")


@register.filter
def month(number: int) -> str:
    """202005 → 2020年5月."""
    return date_format(date(number // 100, number % 100, 1), "YEAR_MONTH_FORMAT")


@register.filter
def short_month(value: date) -> str:
    return date_format(value, pgettext("date format: short month", "M"))


@register.filter
def exact(value: datetime | None) -> str:
    return NOTHING if value is None else date_format(timezone.localtime(value), "DATETIME_FORMAT")


@register.filter
def period(value: Period) -> str:
    shape = value.shape
    if shape is Shape.YEAR:
        return _("%(year)s") % {"year": value.since.year}
    if shape is Shape.YEARS:
        return _("%(first)s to %(last)s") % {"first": value.since.year, "last": value.until.year}
    if shape is Shape.QUARTER:
        return _("Q%(quarter)s %(year)s") % {"quarter": value.quarter_number, "year": value.since.year}
    if shape is Shape.MONTH:
        return date_format(value.since, "YEAR_MONTH_FORMAT")
    if shape is Shape.DAY:
        return day(value.since)
    return _("%(since)s – %(until)s") % {"since": day(value.since), "until": day(value.until)}


@register.simple_tag
def ago(moment: datetime | None) -> SafeString | str:
    """How long since, with the exact time on hover."""
    if moment is None:
        return NOTHING
    now = clock.now()
    words = _ago_words(moment, now)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', moment.isoformat(timespec="seconds"), exact(moment), words
    )


def _ago_words(moment: datetime, now: datetime) -> str:
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return _("just now")
    if seconds > 60 * 60 * 24 * 30:
        return day(moment)
    return _("%(time)s ago") % {"time": timesince(moment, now, depth=1)}


@register.inclusion_tag("components/_sparkline.html")
def sparkline(months: Sequence[Monthly], label: str = "") -> dict[str, Any]:
    values = [item.value for item in months]
    return {"lines": charts.spark_points(values, width=96, height=28), "label": label}


@register.inclusion_tag("components/_bar_chart.html", takes_context=True)
def bar_chart(
    context: Context, months: Sequence[Monthly], figure: CountedFigure, title: str, unit: str = ""
) -> dict[str, Any]:
    """Bars by month, drawn on the server, with the same numbers as a table for those who do not see them.

    Each leads to this page for its month.
    """
    labels = [month(item.month) for item in months]
    drawn = charts.bar_chart(labels, _ticks(months), [item.value for item in months])
    bars = [(bar, _of_month(context, item.month)) for bar, item in zip(drawn.bars, months, strict=True)]
    return {"chart": drawn, "bars": bars, "figure": figure, "title": title, "unit": unit}


def _of_month(context: Context, number: int) -> str:
    whole = periods.month(number % 100, number // 100)
    return here(context, since=whole.since, until=whole.until, after="", page="")


def _ticks(months: Sequence[Monthly]) -> list[str]:
    """Month numbers while there is room; beyond that the year at each January."""
    if len(months) <= 14:
        return [str(item.month % 100) for item in months]
    return [str(item.month // 100) if item.month % 100 == 1 else "" for item in months]


@register.inclusion_tag("components/_state.html")
def state(code: str, label: str) -> dict[str, str]:
    drawing, tone = STATES.get(code, ("circle-dashed", "quiet"))
    return {"icon_name": drawing, "tone": tone, "label": capfirst(label)}


@register.inclusion_tag("components/_field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", span: str = "", needed: str = ""
) -> dict[str, Any]:
    """One field of a form: label, input, help, and its errors beside it.

    `needed` says what a field is needed for that may be left empty for now.
    """
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": hint or bound.help_text,
        "widget": bound.as_widget(attrs=_widget_attributes(bound, has_hint=bool(hint or bound.help_text))),
        "is_check": isinstance(bound.field.widget, widgets.CheckboxInput),
        "is_group": isinstance(bound.field.widget, (widgets.RadioSelect, widgets.CheckboxSelectMultiple)),
        "optional": not bound.field.required and not needed,
        "needed": needed,
        "span": span,
    }


def _widget_attributes(bound: BoundField, *, has_hint: bool) -> dict[str, str | bool]:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    kind = "form-control"
    if isinstance(widget, (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple)):
        kind = "form-check-input"
    elif isinstance(widget, widgets.Select):
        kind = "form-select"
    attributes: dict[str, str | bool] = {
        "class": f"{kind} {own}{' is-invalid' if bound.errors else ''}".strip()
    }
    about = [f"{bound.auto_id}-hint"] if has_hint else []
    about += [f"{bound.auto_id}-error"] if bound.errors else []
    if about:
        attributes["aria-describedby"] = " ".join(about)
    if isinstance(widget, widgets.NumberInput):
        attributes["inputmode"] = "decimal" if hasattr(bound.field, "decimal_places") else "numeric"
    return attributes


@register.filter
def caption(exhibit: Captioned) -> str:
    """What a picture's caption says: 时间、地点、人物、主题、背景、事由, as given; else its name."""
    parts = (
        _day_in_words(exhibit.time),
        exhibit.place,
        exhibit.people,
        exhibit.subject,
        exhibit.background,
        exhibit.reason,
    )
    return " · ".join(part for part in parts if part) or exhibit.name


def _day_in_words(text: str) -> str:
    """A day typed as 2020-05-01 as people write it; anything else as typed."""
    try:
        return day(date.fromisoformat(text)) if text else ""
    except ValueError:
        return text
