"""Personal data in Python shows its mask, whatever is done with it, until it is asked to open."""

from __future__ import annotations

import copy
import json
import logging
import pickle

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Template
from office.acts.personal.numbers import identity_number

from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.acts.personal.sealed import UNREADABLE, Sealed

ID = identity_number()
MASK = f"{ID[:6]}********{ID[14:]}"
FIELD = "sample.record.id_number"


@pytest.fixture(params=["fresh", "read"])
def value(request: pytest.FixtureRequest, keys: list[bytes]) -> Sealed:
    fresh = Sealed.fresh("identity", ID)
    return fresh if request.param == "fresh" else Sealed(fresh.kind, sealed=fresh.sealed_for(FIELD), field=FIELD)


def test_it_opens_when_asked_to(value: Sealed) -> None:
    assert value.reveal() == ID


def test_it_shows_its_mask_everywhere(value: Sealed, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("x").warning("saving %s, %r", value, value)
    shown = [
        str(value),
        f"{value}",
        f"{value:>30}",
        f"{value!r}",
        "%s" % value,  # noqa: UP031
        Template("{{ value }}{{ value|upper }}{{ value|safe }}").render(Context({"value": value})),
        str([value]),
        str({"value": value}),
        str(vars(type("Thing", (), {"value": value}))),
        caplog.text,
    ]
    for text in shown:
        assert ID not in text
        assert ID[6:14] not in text
        assert MASK in text


def test_it_goes_into_no_json_session_cache_or_job(value: Sealed) -> None:
    for encoder in (json.JSONEncoder, DjangoJSONEncoder):
        with pytest.raises(TypeError):
            json.dumps(value, cls=encoder)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="no session, cache or job"):
            pickle.dumps(value, protocol)
    assert json.dumps({"value": str(value)}) == json.dumps({"value": MASK})


def test_two_are_equal_when_their_texts_are(value: Sealed) -> None:
    same, other = Sealed.fresh("identity", ID), Sealed.fresh("identity", identity_number(serial=124))
    assert value == same
    assert hash(value) == hash(same)
    assert value != other
    assert value != ID
    assert copy.deepcopy(value) == copy.copy(value) == value


def test_what_does_not_open_says_so_and_breaks_no_page(keys: list[bytes]) -> None:
    value = Sealed(KINDS["identity"], sealed=b"\x01" + bytes(100), field=FIELD)
    assert str(value) == UNREADABLE
    assert value


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("identity", " 11010519491231002x ", "11010519491231002X"),
        ("certificate", "e 1234 5678", "E12345678"),
        ("phone", "138 1234 5678", "13812345678"),
        ("phone", "+86-138-1234-5678", "13812345678"),
        ("phone", "（0731）82345678", "0731-82345678"),
        ("phone", "4001234567", "4001234567"),
        ("address", " 某县　某镇 ", "某县 某镇"),
        ("account", "6222 0212 3456 7890 123", "6222021234567890123"),
        ("email", " a@example.com ", "a@example.com"),
        ("person", "张三", "张三"),
    ],
)
def test_what_is_typed_is_tidied(kind: str, typed: str, kept: str) -> None:
    assert Sealed.fresh(kind, typed).reveal() == kept


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("identity", "123", "18 位"),
        ("certificate", "12", "4 至 40"),
        ("phone", "1381234567", "11 位，现为 10 位"),
        ("phone", "12812345678", "13 至 19"),
        ("phone", "无", "固定电话"),
        ("account", "12ab", "8 至 30"),
        ("email", "a.example.com", "name@example.com"),
        ("address", "长" * 301, "最多 300 个字"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(kind: str, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Sealed.fresh(kind, typed)
