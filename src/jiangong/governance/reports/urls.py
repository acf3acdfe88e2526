from __future__ import annotations

from django.urls import path

from jiangong.governance.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("new/", views.write, name="write"),
    path("layout/", views.layout, name="layout"),
    path("text-check/", views.text_check, name="text_check"),
    path("text-check/<uuid:checked>/", views.checked, name="checked"),
    path("text-check/<uuid:checked>/draft/", views.draft_checked, name="draft_checked"),
    path("templates/", views.templates, name="templates"),
    path("templates/<int:template_id>/", views.change_template, name="change_template"),
    path("templates/<int:template_id>/end/", views.end_template, name="end_template"),
    path("sign-off/", views.sign_off_rule, name="sign_off_rule"),
    path("published/", views.published_list, name="published_list"),
    path("published/export/", views.published_export, name="published_export"),
    path("published/<uuid:uuid>/<int:number>/", views.published, name="published"),
    path("published/<uuid:uuid>/<int:number>/<int:place>/", views.published_figure, name="published_figure"),
    path("<uuid:uuid>/", views.report, name="report"),
    path("<uuid:uuid>/edit/", views.edit, name="edit"),
    path("<uuid:uuid>/text-check/", views.report_text_check, name="report_text_check"),
    path("<uuid:uuid>/consents/", views.consent, name="consent"),
    path("<uuid:uuid>/consents/<int:consent_id>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("<uuid:uuid>/preview/", views.preview, name="preview"),
    path("<uuid:uuid>/copy/", views.copy, name="copy"),
    path("<uuid:uuid>/template/", views.make_template, name="make_template"),
    path("<uuid:uuid>/versions/", views.versions, name="versions"),
    path("<uuid:uuid>/versions/<int:number>/take-up/", views.take_up, name="take_up"),
    path("<uuid:uuid>/compare/", views.compare, name="compare"),
    path("<uuid:uuid>/send/", views.send, name="send"),
    path("<uuid:uuid>/recall/", views.recall, name="recall"),
    path("<uuid:uuid>/check/", views.check, name="check"),
    path("<uuid:uuid>/return/", views.return_, name="return"),
    path("<uuid:uuid>/comments/", views.comment, name="comment"),
    path("<uuid:uuid>/comments/<uuid:comment>/answer/", views.answer, name="answer"),
    path("<uuid:uuid>/comments/<uuid:comment>/settle/", views.settle, name="settle"),
    path("<uuid:uuid>/issue/", views.issue, name="issue"),
    path("<uuid:uuid>/<int:number>/", views.issued, name="issued"),
    path("<uuid:uuid>/<int:number>/changes/", views.changes, name="changes"),
    path("<uuid:uuid>/<int:number>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:uuid>/<int:number>/publish/", views.publish, name="publish"),
    path("<uuid:uuid>/<int:number>/unpublish/", views.unpublish, name="unpublish"),
    path("<uuid:uuid>/<int:number>/file/<str:form>/", views.download, name="download"),
]
