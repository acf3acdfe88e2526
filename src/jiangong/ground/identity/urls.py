from __future__ import annotations

from django.urls import path

from jiangong.ground.identity import views

app_name = "identity"
urlpatterns = [
    path("", views.factors, name="factors"),
    path("app/", views.authenticator, name="authenticator"),
    path("app/remove/", views.remove_authenticator, name="remove_authenticator"),
    path("codes/", views.recovery_codes, name="recovery_codes"),
    path("passkey/", views.add_passkey, name="add_passkey"),
    path("passkey/options/", views.passkey_options, name="passkey_options"),
    path("passkey/<int:passkey_id>/remove/", views.remove_passkey, name="remove_passkey"),
    path("outside/", views.link, name="link"),
    path("outside/unlink/", views.unlink, name="unlink"),
    path("accounts/<int:account_id>/reset/", views.reset, name="reset"),
]
