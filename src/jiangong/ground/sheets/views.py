"""How a file is handed out, whichever page leads to it."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_answer(content: bytes, name: str, *, on: date) -> HttpResponse:
    """Named in words and with the day; kept by nobody on the way."""
    response = HttpResponse(content, content_type=XLSX)
    dated = f"{name}-{date_format(on, 'DATE_FORMAT')}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=dated)
    response["Cache-Control"] = "private, no-store"
    return response
