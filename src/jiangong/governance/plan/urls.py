from __future__ import annotations

from django.urls import path

from jiangong.governance.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("lights/", views.lights, name="lights"),
    path("new/", views.open_campaign, name="open_campaign"),
    path("departments/", views.departments, name="departments"),
    path("departments/<int:unit_id>/", views.department, name="department"),
    path("<uuid:campaign>/overview/", views.overview, name="overview"),
    path("<uuid:campaign>/timeline/", views.timeline, name="timeline"),
    path("<uuid:campaign>/board/", views.board, name="board"),
    path("<uuid:campaign>/wall/", views.wall, name="wall"),
    path("<uuid:campaign>/wall/figures/", views.wall_settings, name="wall_settings"),
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
