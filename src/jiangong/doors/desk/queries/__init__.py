"""What the desk's pages show, gathered from the books and from what apps hang into the frame."""

from jiangong.doors.desk.queries.batches import batch_page, batches_page
from jiangong.doors.desk.queries.bounds import BoundPage, BoundsPage, bound_page, bounds_page
from jiangong.doors.desk.queries.closing import ClosingPage, closing_page
from jiangong.doors.desk.queries.figure import FigureDetail, figure_detail
from jiangong.doors.desk.queries.figures import (
    LedgerPage,
    latest_day,
    ledger_page,
    search_figures,
)
from jiangong.doors.desk.queries.home import EntryPage, HomePage, entry_page, home_page
from jiangong.doors.desk.queries.own import (
    measure_page,
    measures_page,
    own_figure_page,
    own_figures_page,
)
from jiangong.doors.desk.queries.photos import photo_rules_page
from jiangong.doors.desk.queries.queue import QueuePage, queue_page
from jiangong.doors.desk.queries.records import RecordPage, RecordsPage, record_page, records_page
from jiangong.doors.desk.queries.search import (
    AuditPage,
    SearchPage,
    SettingsPage,
    UnitsPage,
    audit_events,
    audit_page,
    search_page,
    settings_page,
    units_page,
)
from jiangong.doors.desk.queries.sheets import ImportPage, SheetsPage, import_page, sheets_page
from jiangong.doors.desk.queries.waiting import waiting_count, waiting_groups

__all__ = [
    "AuditPage",
    "BoundPage",
    "BoundsPage",
    "ClosingPage",
    "EntryPage",
    "FigureDetail",
    "HomePage",
    "ImportPage",
    "LedgerPage",
    "QueuePage",
    "RecordPage",
    "RecordsPage",
    "SearchPage",
    "SettingsPage",
    "SheetsPage",
    "UnitsPage",
    "audit_events",
    "audit_page",
    "batch_page",
    "batches_page",
    "bound_page",
    "bounds_page",
    "closing_page",
    "entry_page",
    "figure_detail",
    "home_page",
    "import_page",
    "latest_day",
    "ledger_page",
    "measure_page",
    "measures_page",
    "own_figure_page",
    "own_figures_page",
    "photo_rules_page",
    "queue_page",
    "record_page",
    "records_page",
    "search_figures",
    "search_page",
    "settings_page",
    "sheets_page",
    "units_page",
    "waiting_count",
    "waiting_groups",
]
