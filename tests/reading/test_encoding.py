"""Bytes of every encoding met come out as the words that went in, or are refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.encoding import decode
from gongkai.reading.errors import UnreadableError

WORDS = "某县二〇二三年政府信息公开情况说明：全年收到申请27件，按期答复26件，结转下年度继续办理1件（见附表）。\n"
PAGE = '<html><head><meta charset="{}"></head><body><p>' + WORDS + "</p></body></html>"
TRADITIONAL = "某縣二〇二三年政府資訊公開情況說明：全年收到申請27件，按期答覆26件，結轉下年度繼續辦理1件，詳見附表。\n"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [WORDS, WORDS * 50, PAGE.format("utf-8"), PAGE.format("gb2312")])
def test_every_encoding_is_read_whatever_is_declared(name: str, text: str) -> None:
    text = text.replace("〇", "零") if name == "gbk" else text
    assert decode(text.encode(name)) == text
    assert decode(text.encode(name), "iso-8859-1") == text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_the_byte_order_mark_decides_between_the_two_utf16(mark: bytes) -> None:
    name = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + WORDS.encode(name)) == WORDS


def test_big5_is_told_from_gb18030() -> None:
    assert decode(TRADITIONAL.replace("〇", "零").encode("big5")) == TRADITIONAL.replace("〇", "零")


def test_traditional_characters_in_gb18030_stay() -> None:
    assert decode(TRADITIONAL.encode("gb18030")) == TRADITIONAL


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_character_cut_by_the_end_of_the_file_is_left_out(name: str, cut: int) -> None:
    text = decode((WORDS.strip() * 3).encode(name)[:-cut])
    assert (WORDS * 3).replace("\n", "").startswith(text)
    assert len(text) >= len(WORDS.strip()) * 3 - 2


def test_one_damaged_byte_costs_one_character_and_not_the_encoding() -> None:
    data = bytearray((WORDS * 20).encode())
    data[400] = 0xFF
    text = decode(bytes(data))
    assert text.count("\ufffd") <= 3
    assert WORDS in text


def test_a_damaged_gb18030_file_stays_gb18030() -> None:
    data = bytearray((WORDS * 20).encode("gb18030"))
    data[401] = 0xFF
    assert WORDS in decode(bytes(data), "utf-8")


def test_a_stray_nul_is_dropped() -> None:
    assert decode((WORDS * 20).encode().replace(b"\n", b"\0\n", 1)) == WORDS * 20


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00" * 1000,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        bytes(range(1, 9)) * 100,
        random.Random(1).randbytes(5000),
        bytes(range(128, 256)) * 40,
        b"\xff\xfe" + random.Random(2).randbytes(5000),
    ],
    ids=["nuls", "picture", "controls", "random", "high bytes", "mark and random"],
)
def test_what_is_no_text_is_refused_in_chinese(junk: bytes) -> None:
    with pytest.raises(UnreadableError, match="无法识别"):
        decode(junk)


def test_declared_names_that_python_knows_but_pages_do_not_use_are_ignored() -> None:
    assert decode(WORDS.encode("gb18030"), "punycode") == WORDS
    assert decode(WORDS.encode("gb18030"), "no-such-name") == WORDS


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""


@given(st.binary(max_size=3000), st.sampled_from([None, "utf-8", "gbk", "big5", "x"]))
def test_any_bytes_give_a_text_or_are_refused(data: bytes, declared: str | None) -> None:
    try:
        assert isinstance(decode(data, declared), str)
    except UnreadableError:
        return
