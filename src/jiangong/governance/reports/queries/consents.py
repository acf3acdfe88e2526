"""Who agreed to be named in a report."""

from __future__ import annotations

from jiangong.governance.reports.models import Consent, Report


def consents_of(report: Report) -> dict[str, Consent]:
    """Those that stand, by name."""
    found = Consent.objects.filter(report=report, withdrawn_at__isnull=True)
    return {consent.name: consent for consent in found}
