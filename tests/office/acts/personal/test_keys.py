"""A sealed value opens with its key and in its field, and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.acts.personal.keys import HASH_FROM, HEADER, Keyring, SealError

ONE, TWO, THREE = (bytes([number]) * 32 for number in (1, 2, 3))
FIELD = "applications.applicant.id_number"


@given(st.text(max_size=200))
def test_what_is_sealed_opens_to_the_same_and_does_not_show(text: str) -> None:
    ring = Keyring([ONE])
    sealed = ring.seal(text, FIELD, "certificate", text)
    assert ring.open(sealed, FIELD) == text
    assert len(text) < 4 or text.encode() not in sealed


@given(st.integers(min_value=0), st.integers(1, 255))
def test_a_changed_byte_anywhere_is_refused(at: int, change: int) -> None:
    ring = Keyring([ONE])
    sealed = bytearray(ring.seal("110105194912310021", FIELD, "identity", "110105194912310021"))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(SealError):
        ring.open(bytes(sealed), FIELD)


@given(st.integers(0, 60))
def test_a_value_cut_off_is_refused(length: int) -> None:
    ring = Keyring([ONE])
    with pytest.raises(SealError):
        ring.open(ring.seal("某", FIELD, "person", "某")[:length], FIELD)


def test_a_value_moved_to_another_field_is_refused() -> None:
    ring = Keyring([ONE])
    with pytest.raises(SealError, match="another field"):
        ring.open(ring.seal("某", FIELD, "person", "某"), "applications.applicant.phone")


def test_the_hash_of_another_value_is_refused() -> None:
    ring = Keyring([ONE])
    first, second = (ring.seal(text, FIELD, "person", text) for text in ("甲", "乙"))
    at = HASH_FROM - 1
    with pytest.raises(SealError):
        ring.open(first[:at] + second[at : at + 32] + first[at + 32 :], FIELD)


def test_the_same_text_is_sealed_differently_each_time_under_the_same_hash() -> None:
    ring = Keyring([ONE])
    first, second = (ring.seal("某", FIELD, "person", "某") for _ in range(2))
    assert first != second
    at = HASH_FROM - 1
    assert first[at : at + 32] == second[at : at + 32] == ring.hashes("person", "某")[0]


def test_old_keys_open_and_new_values_take_the_first() -> None:
    old, both = Keyring([ONE]), Keyring([TWO, ONE])
    sealed = old.seal("某", FIELD, "person", "某")
    assert both.open(sealed, FIELD) == "某"
    assert not both.is_current(sealed)
    assert both.is_current(both.seal("某", FIELD, "person", "某"))
    with pytest.raises(SealError, match="not among DATA_KEYS"):
        old.open(both.seal("某", FIELD, "person", "某"), FIELD)


def test_a_search_compares_with_the_hash_under_every_key() -> None:
    at = HASH_FROM - 1
    hashes = Keyring([TWO, ONE]).hashes("person", "某")
    for key in (ONE, TWO):
        assert Keyring([key]).seal("某", FIELD, "person", "某")[at : at + 32] in hashes
    assert Keyring([THREE]).seal("某", FIELD, "person", "某")[at : at + 32] not in hashes


def test_the_hash_of_one_kind_is_not_that_of_another() -> None:
    ring = Keyring([ONE])
    assert ring.hashes("phone", "13812345678") != ring.hashes("account", "13812345678")


def test_the_number_of_a_key_is_no_part_of_the_key() -> None:
    sealed = Keyring([ONE]).seal("某", FIELD, "person", "某")
    assert ONE[:4] not in sealed[:HEADER]


@pytest.mark.parametrize("keys", [[], [b"short"], [ONE, b""]])
def test_keys_of_the_wrong_length_are_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(keys)
