"""Who agreed to be named in a report."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jiangong.governance.reports.models import Consent, Report


def consents_of(report: Report) -> dict[str, Consent]:
    """Those that stand, by name."""
    found = Consent.objects.filter(report=report, withdrawn_at__isnull=True)
    return {consent.name: consent for consent in found}


def withdrawn_consents(*, reports: QuerySet[Any]) -> dict[int, list[Consent]]:
    """Those of these reports that were withdrawn and not given anew, by report."""
    anew = Consent.objects.filter(report=OuterRef("report"), name=OuterRef("name"), withdrawn_at__isnull=True)
    gone = Consent.objects.filter(report__in=reports, withdrawn_at__isnull=False).exclude(Exists(anew))
    found: dict[int, list[Consent]] = defaultdict(list)
    for consent in gone.order_by("withdrawn_at", "pk"):
        found[consent.report_id].append(consent)
    return dict(found)
