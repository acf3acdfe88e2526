from __future__ import annotations

from django.urls import path

from jiangong.governance.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.write, name="write"),
    path("layout/", views.layout, name="layout"),
    path("<uuid:uuid>/", views.report, name="report"),
    path("<uuid:uuid>/edit/", views.edit, name="edit"),
    path("<uuid:uuid>/preview/", views.preview, name="preview"),
    path("<uuid:uuid>/copy/", views.copy, name="copy"),
    path("<uuid:uuid>/issue/", views.issue, name="issue"),
    path("<uuid:uuid>/<int:number>/", views.issued, name="issued"),
    path("<uuid:uuid>/<int:number>/changes/", views.changes, name="changes"),
    path("<uuid:uuid>/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uuid>/<int:number>/file/<str:form>/", views.download, name="download"),
]
