from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from jiangong.ground.shared.actors import Role
from jiangong.ground.shared.errors import Text
from jiangong.ground.shared.frame import MenuEntry


class DeskConfig(AppConfig):
    name = "jiangong.doors.desk"
    label = "desk"
    verbose_name = _("desk")

    def ready(self) -> None:
        from jiangong.doors.desk import queries, sheets
        from jiangong.ground.shared import frame
        from jiangong.ground.sheets.rules import listings

        listings.add(*sheets.LISTINGS)
        enterers = frozenset({Role.CLERK, Role.REVIEWER, Role.MANAGER})
        closers = frozenset({Role.MANAGER, Role.AUDITOR})
        auditors = frozenset({Role.AUDITOR})
        configurers = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
        books, house = _("Books"), _("Administration")
        frame.menu.add(
            _entry("home", _("Home"), "home", 10, bar=True),
            _entry("queue", _("To do"), "checklist", 12, bar=True),
            _entry("entry", _("Add record"), "plus", 14, roles=enterers, bar=True),
            _entry("ledger", _("Ledger"), "book-2", 40, bar=True, group=books),
            _entry("records", _("Records"), "files", 42, group=books),
            _entry("closing", _("Closing"), "lock", 44, roles=closers, group=books),
            _entry("measures", _("Kinds and measures"), "adjustments", 83, roles=configurers, group=house),
            _entry("bounds", _("Check rules"), "checks", 84, roles=configurers, group=house),
            _entry("sheets", _("Excel in and out"), "file-spreadsheet", 80, group=house),
            _entry("audit", _("Audit log"), "shield-check", 85, roles=auditors, group=house),
            _entry("settings", _("Me"), "user-circle", 90, bar=True, group=house),
        )
        frame.latest_days.add(frame.DaySource(code="ledger", read=queries.latest_day))
        frame.search_sources.add(
            frame.SearchSource(code="figures", label=_("Figures"), read=queries.search_figures)
        )


def _entry(
    code: str,
    label: Text,
    icon: str,
    order: int,
    *,
    roles: frozenset[Role] = frozenset(),
    bar: bool = False,
    group: Text = "",
) -> MenuEntry:
    return MenuEntry(
        code=code,
        label=label,
        icon=icon,
        url_name=f"desk:{code}",
        order=order,
        roles=roles,
        bar=bar,
        group=group,
    )
