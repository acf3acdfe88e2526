from __future__ import annotations

from django.urls import path

from jiangong.governance.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("lights/", views.lights, name="lights"),
    path("notices/", views.notices, name="notices"),
    path("notices/<uuid:notice>/", views.notice, name="notice"),
    path("notices/<uuid:notice>/receive/", views.receive_notice, name="receive_notice"),
    path("notices/<uuid:notice>/accept/", views.accept_notice, name="accept_notice"),
    path("notices/<uuid:notice>/send-back/", views.send_notice_back, name="send_notice_back"),
    path("tasks/<uuid:task>/milestones/<int:milestone_id>/", views.mark_milestone, name="mark_milestone"),
    path("tasks/<uuid:task>/notice/", views.issue_notice, name="issue_notice"),
    path("reminders/", views.reminders, name="reminders"),
    path("reminders/read/", views.read_reminders, name="read_reminders"),
    path("reminders/choice/", views.choose_reminders, name="choose_reminders"),
    path("robots/", views.robots, name="robots"),
    path("robots/new/", views.add_robot, name="add_robot"),
    path("robots/<uuid:robot>/end/", views.end_robot, name="end_robot"),
    path("messages/<uuid:delivery>/again/", views.send_again, name="send_again"),
    path("new/", views.open_campaign, name="open_campaign"),
    path("<uuid:campaign>/", views.campaign, name="campaign"),
    path("<uuid:campaign>/change/", views.change_campaign, name="change_campaign"),
    path("<uuid:campaign>/close/", views.close_campaign, name="close_campaign"),
    path("<uuid:campaign>/reopen/", views.reopen_campaign, name="reopen_campaign"),
    path("<uuid:campaign>/programme/", views.write_programme, name="write_programme"),
    path("<uuid:campaign>/copy/", views.copy_programme, name="copy_programme"),
    path("<uuid:campaign>/issue/", views.issue_programme, name="issue_programme"),
    path("<uuid:campaign>/tasks/new/", views.add_task, name="add_task"),
    path("tasks/<uuid:task>/", views.task, name="task"),
    path("tasks/<uuid:task>/change/", views.change_task, name="change_task"),
    path("tasks/<uuid:task>/move/", views.move_task, name="move_task"),
    path("tasks/<uuid:task>/remove/", views.remove_task, name="remove_task"),
    path("tasks/<uuid:task>/end/", views.end_task, name="end_task"),
]
