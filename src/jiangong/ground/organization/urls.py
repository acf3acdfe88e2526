from __future__ import annotations

from django.urls import path

from jiangong.ground.organization.views import accounts, people, units

app_name = "organization"
urlpatterns = [
    path("", units.units, name="units"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/below/", units.below, name="below"),
    path("units/<int:parent_id>/create/", units.create_unit, name="create_unit"),
    path("units/<int:unit_id>/change/", units.change_unit, name="change_unit"),
    path("units/<int:unit_id>/start/", units.correct_start, name="correct_start"),
    path("units/<int:unit_id>/move/", units.move_unit, name="move_unit"),
    path("units/<int:unit_id>/dissolve/", units.dissolve_unit, name="dissolve_unit"),
    path("units/<int:unit_id>/revive/", units.revive_unit, name="revive_unit"),
    path("units/<int:unit_id>/count/", units.reference_count, name="reference_count"),
    path("units/<int:unit_id>/person/", people.add_person, name="add_person"),
    path("units/<int:unit_id>/appoint/", people.appoint, name="appoint"),
    path("posts/<int:post_id>/end/", people.end_post, name="end_post"),
    path("people/", people.people, name="people"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/change/", people.change_person, name="change_person"),
    path("people/<int:person_id>/transfer/", people.transfer_person, name="transfer_person"),
    path("people/<int:person_id>/release/", people.release_person, name="release_person"),
    path("people/<int:person_id>/return/", people.return_person, name="return_person"),
    path("people/<int:person_id>/account/", accounts.open_account, name="open_account"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/role/", accounts.grant_role, name="grant_role"),
    path("accounts/<int:account_id>/password/", accounts.reset_password, name="reset_password"),
    path("accounts/<int:account_id>/invite/", accounts.invite_again, name="invite_again"),
    path("accounts/<int:account_id>/unlock/", accounts.unlock, name="unlock"),
    path("accounts/<int:account_id>/sessions/end/", accounts.end_sessions, name="end_sessions"),
    path("accounts/<int:account_id>/close/", accounts.close_account, name="close_account"),
    path("accounts/<int:account_id>/reopen/", accounts.reopen_account, name="reopen_account"),
    path("roles/<int:grant_id>/end/", accounts.end_role, name="end_role"),
]
