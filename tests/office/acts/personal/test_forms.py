"""Forms check what is typed, keep it on the page, and never show what is stored."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.db import models
from office.acts.personal.numbers import identity_number

ID, OTHER = identity_number(), identity_number(serial=124)
MASK = f"{ID[:6]}********{ID[14:]}"


@pytest.fixture
def form_class(records: Any, keys: list[bytes]) -> type[forms.ModelForm[models.Model]]:
    return forms.modelform_factory(records, fields=["name", "id_number", "phone"])


def test_a_new_record_is_saved_from_what_was_typed(records: Any, form_class: Any) -> None:
    form = form_class({"name": "甲", "id_number": f" {ID.lower()} ", "phone": "138 1234 5678"})
    assert form.is_valid(), form.errors
    form.save()
    assert records.objects.get(id_number_hash=ID).phone.reveal() == "13812345678"


def test_what_was_typed_wrong_stays_on_the_page_with_the_sentence(form_class: Any) -> None:
    form = form_class({"name": "甲", "id_number": "110105194912310021"})
    assert not form.is_valid()
    assert "校验位" in str(form.errors["id_number"])
    assert 'value="110105194912310021"' in form.as_p()


def test_what_is_stored_is_never_put_on_the_page(records: Any, form_class: Any) -> None:
    page = form_class(instance=records.objects.create(name="甲", id_number=ID)).as_p()
    assert ID not in page
    assert f"已登记 {MASK}，不修改请留空" in page
    assert 'autocomplete="off"' in page
    assert f'value="{MASK}"' not in page


def test_left_blank_the_stored_value_stays(records: Any, form_class: Any) -> None:
    record = records.objects.create(name="甲", id_number=ID)
    form = form_class({"name": "乙", "id_number": " "}, instance=record)
    assert form.is_valid()
    assert form.changed_data == ["name"]
    form.save()
    record.refresh_from_db()
    assert (record.name, record.id_number.reveal()) == ("乙", ID)


def test_typed_anew_it_replaces_the_stored_value(records: Any, form_class: Any) -> None:
    record = records.objects.create(name="甲", id_number=ID)
    form = form_class({"name": "甲", "id_number": OTHER}, instance=record)
    assert form.changed_data == ["id_number"]
    form.save()
    assert records.objects.get().id_number.reveal() == OTHER


def test_the_same_typed_again_is_no_change(records: Any, form_class: Any) -> None:
    record = records.objects.create(name="甲", id_number=ID)
    assert form_class({"name": "甲", "id_number": ID.lower()}, instance=record).changed_data == []


def test_a_required_field_is_required_until_something_is_stored(keys: list[bytes]) -> None:
    from gongkai.office.acts.personal.forms import PersonalField
    from gongkai.office.acts.personal.sealed import Sealed

    class Form(forms.Form):
        number = PersonalField(kind="identity")

    assert not Form({"number": ""}).is_valid()
    assert " required" in str(Form()["number"])
    stored = {"number": Sealed.fresh("identity", ID)}
    assert Form({"number": ""}, initial=stored).is_valid()
    assert " required" not in str(Form(initial=stored)["number"])
