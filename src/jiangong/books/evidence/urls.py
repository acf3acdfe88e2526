from django.urls import path

from jiangong.books.evidence import views

app_name = "evidence"
urlpatterns = [
    path("<int:exhibit_id>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("<int:exhibit_id>/lookalike/<int:other_id>/", views.lookalike, name="lookalike"),
    path("<int:exhibit_id>/picture/", views.picture, name="picture"),
    path("<int:exhibit_id>/original/", views.original, name="original"),
    path("<int:exhibit_id>/caption/", views.caption, name="caption"),
    path("<int:exhibit_id>/remove/", views.remove, name="remove"),
    path("record/<int:record_id>/add/", views.add, name="add"),
]
