from __future__ import annotations

from django.urls import path

from jiangong.governance.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("lights/", views.lights, name="lights"),
    path("new/", views.open_campaign, name="open_campaign"),
    path("<uuid:campaign>/", views.campaign, name="campaign"),
    path("<uuid:campaign>/change/", views.change_campaign, name="change_campaign"),
    path("<uuid:campaign>/close/", views.close_campaign, name="close_campaign"),
    path("<uuid:campaign>/reopen/", views.reopen_campaign, name="reopen_campaign"),
    path("<uuid:campaign>/programme/", views.write_programme, name="write_programme"),
    path("<uuid:campaign>/copy/", views.copy_programme, name="copy_programme"),
    path("<uuid:campaign>/issue/", views.issue_programme, name="issue_programme"),
    path("<uuid:campaign>/tasks/new/", views.add_task, name="add_task"),
    path("<uuid:campaign>/meetings/", views.meetings, name="meetings"),
    path("<uuid:campaign>/meetings/new/", views.call_meeting, name="call_meeting"),
    path("<uuid:campaign>/meetings/kinds/", views.meeting_kinds, name="meeting_kinds"),
    path("<uuid:campaign>/meetings/kinds/end/", views.end_meeting_kind, name="end_meeting_kind"),
    path("<uuid:campaign>/difficulties/", views.difficulties, name="difficulties"),
    path("meetings/<uuid:meeting>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting>/change/", views.change_meeting, name="change_meeting"),
    path("meetings/<uuid:meeting>/call-off/", views.call_off_meeting, name="call_off_meeting"),
    path("meetings/<uuid:meeting>/hold/", views.hold_meeting, name="hold_meeting"),
    path("meetings/<uuid:meeting>/roll/", views.roll, name="roll"),
    path("meetings/<uuid:meeting>/items/new/", views.add_item, name="add_item"),
    path("meetings/<uuid:meeting>/decisions/new/", views.add_decision, name="add_decision"),
    path("meetings/<uuid:meeting>/minutes/", views.draft_minutes, name="draft_minutes"),
    path("agenda/<uuid:item>/", views.change_item, name="change_item"),
    path("agenda/<uuid:item>/remove/", views.remove_item, name="remove_item"),
    path("agenda/<uuid:item>/raise/", views.raise_item, name="raise_item"),
    path("decisions/<uuid:decision>/", views.change_decision, name="change_decision"),
    path("decisions/<uuid:decision>/remove/", views.remove_decision, name="remove_decision"),
    path("minutes/<int:record_id>/", views.minutes, name="minutes"),
    path("difficulties/<uuid:difficulty>/", views.difficulty, name="difficulty"),
    path("difficulties/<uuid:difficulty>/withdraw/", views.withdraw_difficulty, name="withdraw_difficulty"),
    path("tasks/<uuid:task>/difficulties/new/", views.raise_difficulty, name="raise_difficulty"),
    path("tasks/<uuid:task>/", views.task, name="task"),
    path("tasks/<uuid:task>/change/", views.change_task, name="change_task"),
    path("tasks/<uuid:task>/move/", views.move_task, name="move_task"),
    path("tasks/<uuid:task>/remove/", views.remove_task, name="remove_task"),
    path("tasks/<uuid:task>/end/", views.end_task, name="end_task"),
]
