"""Addresses of bodies, people and rights."""

from __future__ import annotations

from django.urls import path

from gongkai.office.bodies.views import (
    body_acts,
    body_list,
    body_page,
    imports,
    people_list,
    person_acts,
    person_page,
    reveal_person,
    rights_acts,
    rights_overview,
)

app_name = "bodies"

urlpatterns = [
    path("bodies/", body_list.bodies, name="bodies"),
    path("bodies/tree/", body_list.body_tree, name="tree"),
    path("bodies/new/", body_acts.create_body, name="create_body"),
    path("bodies/<int:pk>/", body_page.body, name="body"),
    path("bodies/<int:pk>/edit/", body_acts.edit_body, name="edit_body"),
    path("bodies/<int:pk>/contact/", body_acts.edit_contact, name="edit_contact"),
    path("bodies/<int:pk>/rename/", body_acts.rename_body, name="rename_body"),
    path("bodies/<int:pk>/correct-name/", body_acts.correct_name, name="correct_name"),
    path("bodies/<int:pk>/former-name/", body_acts.record_former_name, name="record_former_name"),
    path("bodies/<int:pk>/alias/", body_acts.add_alias, name="add_alias"),
    path("bodies/<int:pk>/alias/remove/", body_acts.remove_alias, name="remove_alias"),
    path("bodies/<int:pk>/move/", body_acts.move_body, name="move_body"),
    path("bodies/<int:pk>/merge/", body_acts.merge_body, name="merge_body"),
    path("bodies/<int:pk>/split/", body_acts.split_body, name="split_body"),
    path("bodies/<int:pk>/abolish/", body_acts.abolish_body, name="abolish_body"),
    path("people/", people_list.people, name="people"),
    path("people/new/", person_acts.create_person, name="create_person"),
    path("people/<int:pk>/", person_page.person, name="person"),
    path("people/<int:pk>/edit/", person_acts.edit_person, name="edit_person"),
    path("people/<int:pk>/deactivate/", person_acts.deactivate_person, name="deactivate_person"),
    path("people/<int:pk>/reactivate/", person_acts.reactivate_person, name="reactivate_person"),
    path("people/<int:pk>/reveal/<slug:field>/", reveal_person.reveal_person, name="reveal_person"),
    path("people/<int:pk>/grant/", rights_acts.grant_role, name="grant_role"),
    path("people/<int:pk>/stand-in/", rights_acts.set_stand_in, name="set_stand_in"),
    path("rights/", rights_overview.rights, name="rights"),
    path("rights/roles/<int:pk>/end/", rights_acts.end_role, name="end_role"),
    path("rights/stand-ins/<int:pk>/end/", rights_acts.end_stand_in, name="end_stand_in"),
    path("imports/", imports.imports, name="imports"),
    path("imports/template/", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/apply/", imports.apply_import, name="apply_import"),
    path("imports/<int:pk>/stop/", imports.stop_import, name="stop_import"),
    path("me/", person_page.me, name="me"),
    path("me/edit/", person_acts.edit_own_data, name="edit_own_data"),
    path("me/stand-in/", rights_acts.set_own_stand_in, name="set_own_stand_in"),
    path("me/stand-ins/<int:pk>/end/", rights_acts.end_own_stand_in, name="end_own_stand_in"),
]
