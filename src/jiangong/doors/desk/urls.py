from __future__ import annotations

from django.urls import path

from jiangong.doors.desk.views import (
    audit,
    closing,
    entrance,
    figures,
    home,
    queue,
    records,
    search,
    settings,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", entrance.sign_in, name="sign_in"),
    path("sign-out/", entrance.sign_out, name="sign_out"),
    path("entry/", home.entry, name="entry"),
    path("queue/", queue.queue, name="queue"),
    path("queue/<int:record_id>/", queue.queue, name="queue_record"),
    path("records/", records.records, name="records"),
    path("records/<int:record_id>/", records.record, name="record"),
    path("records/<int:record_id>/submit/", records.submit, name="submit"),
    path("records/<int:record_id>/confirm/", records.confirm, name="confirm"),
    path("records/<int:record_id>/return/", records.return_, name="return"),
    path("records/<int:record_id>/withdraw/", records.withdraw, name="withdraw"),
    path("records/<int:record_id>/discard/", records.discard, name="discard"),
    path("amendments/<int:amendment_id>/accept/", records.accept, name="accept"),
    path("amendments/<int:amendment_id>/refuse/", records.refuse, name="refuse"),
    path("ledger/", figures.ledger, name="ledger"),
    path("ledger/<str:key>/", figures.figure, name="figure"),
    path("search/", search.search, name="search"),
    path("units/", search.choose_unit, name="choose_unit"),
    path("settings/", settings.settings, name="settings"),
    path("settings/password/", settings.password, name="password"),
    path("language/", settings.language, name="language"),
    path("help/", settings.help_, name="help"),
    path("closing/", closing.closing, name="closing"),
    path("audit/", audit.audit, name="audit"),
]
