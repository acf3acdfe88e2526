"""Every address of the house."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("jiangong.doors.desk.urls")),
    path("settings/second-factor/", include("jiangong.ground.identity.urls")),
    path("organization/", include("jiangong.ground.organization.urls")),
    path("evidence/", include("jiangong.books.evidence.urls")),
    path("activities/", include("jiangong.work.activities.urls")),
    path("plan/", include("jiangong.governance.plan.urls")),
    path("reports/", include("jiangong.governance.reports.urls")),
]

handler400 = "jiangong.ground.shared.middleware.bad_request"
handler403 = "jiangong.ground.shared.middleware.forbidden"
handler404 = "jiangong.ground.shared.middleware.not_found"
handler500 = "jiangong.ground.shared.middleware.fault"
