"""Encrypted columns in the real database: nothing readable in them, found by hash, safe against every way to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.db.models import F
from office.acts.personal.numbers import identity_number

from gongkai.office.acts.personal.fields import EncryptedField, LookupHash
from gongkai.office.acts.personal.sealed import UNREADABLE, Sealed

ID, OTHER = identity_number(), identity_number(serial=124)


@pytest.fixture(autouse=True)
def _one_key(keys: list[bytes]) -> None:
    """All of this file runs under the first key."""


def column(name: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM sample_record ORDER BY id LIMIT 1")
        return bytes(cursor.fetchone()[0])


def test_what_is_saved_comes_back_sealed_and_lies_unreadable(records: Any) -> None:
    made = records.objects.create(name="甲", id_number=ID, phone="138 1234 5678", address="某县某镇1号")
    read = records.objects.get(pk=made.pk)
    assert isinstance(read.id_number, Sealed)
    assert (read.id_number.reveal(), read.phone.reveal(), read.address.reveal()) == (ID, "13812345678", "某县某镇1号")
    assert ID.encode() not in column("id_number")
    assert ID[6:14].encode() not in column("id_number")


def test_the_attribute_holds_no_text_even_before_it_is_saved(records: Any) -> None:
    record = records(id_number=ID)
    record.phone = "13812345678"
    assert ID not in repr(record.__dict__)
    assert "13812345678" not in repr(record.__dict__)


def test_blank_is_null_and_null_is_found(records: Any) -> None:
    record = records.objects.create(id_number="", phone=None)
    record.refresh_from_db()
    assert record.id_number is None
    assert record.id_number_hash is None
    assert records.objects.filter(id_number__isnull=True, id_number_hash__isnull=True).count() == 1


def test_text_of_another_kind_is_refused_when_it_is_set(records: Any) -> None:
    with pytest.raises(ValidationError, match="校验位"):
        records(id_number="110105194912310021")
    with pytest.raises(ValidationError, match="11 位"):
        records.objects.update(phone="1381234567")


@pytest.mark.parametrize("sought", [ID, ID.lower(), f" {ID[:6]} {ID[6:]} ", Sealed.fresh("identity", ID)])
def test_the_hash_finds_exactly_the_one_however_it_is_written(records: Any, sought: Any) -> None:
    made = records.objects.create(id_number=ID)
    records.objects.create(id_number=OTHER)
    records.objects.create()
    assert list(records.objects.filter(id_number_hash=sought)) == [made]
    assert list(records.objects.filter(id_number_hash__in=[sought, "x"])) == [made]
    assert records.objects.exclude(id_number_hash=sought).count() == 2


def test_an_old_number_of_fifteen_digits_finds_its_holders_new_one(records: Any) -> None:
    made = records.objects.create(id_number="11010519491231002X")
    assert list(records.objects.filter(id_number_hash="110105491231002")) == [made]


def test_nothing_is_found_by_nothing(records: Any) -> None:
    records.objects.create(id_number=ID)
    assert not records.objects.filter(id_number_hash__in=[]).exists()
    assert not records.objects.filter(id_number_hash="").exists()


def test_no_way_of_writing_parts_the_hash_from_the_value(records: Any) -> None:
    made = records.objects.create(id_number=OTHER)
    writes = [
        lambda: records.objects.update(id_number=ID),
        lambda: records.objects.bulk_update([_changed(made, ID)], ["id_number"]),
        lambda: _changed(made, ID).save(update_fields=["id_number"]),
        lambda: (records.objects.all().delete(), records.objects.bulk_create([records(id_number=ID)])),
    ]
    for write in writes:
        records.objects.update(id_number=OTHER)
        write()
        assert records.objects.filter(id_number_hash=ID).count() == 1
        assert not records.objects.filter(id_number_hash=OTHER).exists()


def _changed(record: Any, number: str) -> Any:
    record.id_number = number
    return record


@pytest.mark.parametrize(
    "lookup",
    [
        "id_number",
        "id_number__in",
        "id_number__contains",
        "id_number__startswith",
        "id_number_hash__gt",
        "id_number_hash__contains",
    ],
)
def test_other_searches_are_refused_and_not_silently_empty(records: Any, lookup: str) -> None:
    with pytest.raises(FieldError):
        list(records.objects.filter(**{lookup: [ID] if lookup.endswith("__in") else ID}))


def test_a_value_copied_into_another_column_does_not_open(records: Any) -> None:
    records.objects.create(phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sample_record SET address = phone")
    assert str(records.objects.get().address) == UNREADABLE


def test_values_lists_and_deferred_fields_show_masks(records: Any) -> None:
    records.objects.create(id_number=ID)
    assert ID not in str(list(records.objects.values_list("id_number", flat=True)))
    assert ID not in str(records.objects.values().get())
    assert records.objects.defer("id_number").get().id_number.reveal() == ID


def test_a_record_read_and_saved_again_keeps_its_ciphertext(records: Any) -> None:
    made = records.objects.create(id_number=ID)
    before = column("id_number")
    records.objects.get(pk=made.pk).save()
    assert column("id_number") == before


def test_the_lookup_uses_an_index(records: Any) -> None:
    records.objects.bulk_create(records(id_number=identity_number(serial=serial)) for serial in range(900))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sample_record")
    assert "Index" in records.objects.filter(id_number_hash=ID).explain()


def test_a_dump_of_the_database_holds_ciphertext_and_loads_again(records: Any) -> None:
    records.objects.create(id_number=ID)
    dump = serializers.serialize("json", records.objects.all())
    assert ID not in dump
    records.objects.all().delete()
    for loaded in serializers.deserialize("json", dump):
        loaded.save()
    assert records.objects.get(id_number_hash=ID).id_number.reveal() == ID


def test_a_copy_of_the_field_in_a_history_opens_what_was_sealed_in_the_original(records: Any) -> None:
    field = records._meta.get_field("id_number")
    copy = field.clone()
    assert isinstance(copy, EncryptedField)
    assert copy.context == field.context == "sample.record.id_number"
    assert copy.kind is field.kind
    assert isinstance(records._meta.get_field("id_number_hash").clone(), LookupHash)


def test_one_column_can_be_set_from_itself(records: Any) -> None:
    records.objects.create(id_number=ID)
    records.objects.update(id_number=F("id_number"))
    assert records.objects.get().id_number.reveal() == ID
