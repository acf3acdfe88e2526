"""Document numbers of a unit: who has one, which comes next."""

from __future__ import annotations

from datetime import date

from django.db.models import Max, QuerySet

from jiangong.governance.reports.models import Report
from jiangong.governance.reports.rules.heads import DocumentNumber


def numbered(*, unit_id: int, number: DocumentNumber) -> QuerySet[Report]:
    """The reports of the unit that have this number: one at most."""
    return Report.objects.filter(
        unit_id=unit_id,
        number_code=number.code,
        number_year=number.year,
        number_serial=number.serial,
    )


def next_serial(*, unit_id: int, code: str, year: int) -> int:
    """One more than the highest of the year; gaps are not filled."""
    used = Report.objects.filter(unit_id=unit_id, number_code=code, number_year=year)
    highest: int | None = used.aggregate(highest=Max("number_serial"))["highest"]
    return (highest or 0) + 1


def proposed_number(*, report: Report, on: date) -> DocumentNumber | None:
    """The next number under the code that the unit used last in this form; None where it has used none."""
    used = Report.objects.filter(unit_id=report.unit_id, number_serial__isnull=False)
    alike = used.filter(form=report.form).order_by("-number_year", "-number_serial").first()
    last = alike or used.order_by("-number_year", "-number_serial").first()
    if last is None:
        return None
    serial = next_serial(unit_id=report.unit_id, code=last.number_code, year=on.year)
    return DocumentNumber(last.number_code, on.year, serial)
