from __future__ import annotations

from django.urls import path

from jiangong.work.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="activities"),
    path("enter/<slug:code>/", views.enter, name="enter"),
    path("check/<slug:code>/", views.check, name="check"),
    path("<int:record_id>/change/", views.change, name="change"),
    path("<int:record_id>/booked/", views.booked, name="booked"),
    path("<int:record_id>/sign-in/", views.sign_in_sheet, name="sign_in_sheet"),
    path("s/<str:code>/", views.sign_in, name="sign_in"),
    path("kinds/", views.kinds, name="kinds"),
    path("kinds/add/", views.add_kind, name="add_kind"),
    path("kinds/preview/", views.kind_preview, name="kind_preview"),
    path("kinds/<int:kind_id>/", views.kind_of_number, name="kind_of_number"),
    path("kinds/<slug:code>/change/", views.kind, name="kind"),
    path("kinds/<slug:code>/end/", views.end_kind, name="end_kind"),
    path("kinds/<slug:code>/resume/", views.resume_kind, name="resume_kind"),
    path("venues/", views.venues, name="venues"),
    path("venues/enter/", views.enter_venue, name="enter_venue"),
    path("venues/<int:record_id>/change/", views.change_venue, name="change_venue"),
    path("lecturers/", views.lecturers, name="lecturers"),
    path("lecturers/add/", views.add_lecturer, name="add_lecturer"),
    path("lecturers/<int:lecturer_id>/end/", views.end_lecturer, name="end_lecturer"),
    path("lecturers/<int:lecturer_id>/reinstate/", views.reinstate_lecturer, name="reinstate_lecturer"),
]
