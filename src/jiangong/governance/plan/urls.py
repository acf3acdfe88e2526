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
    path("<uuid:campaign>/choices/<slug:kind>/", views.choices, name="choices"),
    path("titles/", views.titles, name="titles"),
    path("titles/<int:title_id>/end/", views.end_title, name="end_title"),
    path("titles/<int:title_id>/resume/", views.resume_title, name="resume_title"),
    path("<uuid:campaign>/leading-group/", views.leading_group, name="leading_group"),
    path("<uuid:campaign>/leading-group/bodies/", views.name_leading_bodies, name="name_leading_bodies"),
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<uuid:feed>/end/", views.end_feed, name="end_feed"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("tasks/<uuid:task>/", views.task, name="task"),
    path("tasks/<uuid:task>/change/", views.change_task, name="change_task"),
    path("tasks/<uuid:task>/move/", views.move_task, name="move_task"),
    path("tasks/<uuid:task>/remove/", views.remove_task, name="remove_task"),
    path("tasks/<uuid:task>/end/", views.end_task, name="end_task"),
    path("progress/new/", views.tasks_to_report, name="tasks_to_report"),
    path("tasks/<uuid:task>/progress/new/", views.report_progress, name="report_progress"),
    path("progress/<int:record_id>/change/", views.change_progress, name="change_progress"),
    path("tasks/<uuid:task>/closing/", views.ask_closing, name="ask_closing"),
    path("closings/", views.closings, name="closings"),
    path("closings/<uuid:closing>/", views.closing, name="closing"),
    path("closings/<uuid:closing>/check/", views.check_closing, name="check_closing"),
    path("closings/<uuid:closing>/strike-off/", views.strike_off, name="strike_off"),
    path("closings/<uuid:closing>/return/", views.return_closing, name="return_closing"),
    path("closings/<uuid:closing>/reopen/", views.reopen_task, name="reopen_task"),
    path("<uuid:campaign>/lists/<slug:which>/", views.plan_list, name="list"),
]
