"""Broken, locked and hostile PDFs: a Document or one clear sentence, in bounded time, in a process that lives on."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading.pdf_pages import Sheet, pdf

from gongkai.reading import limits
from gongkai.reading import pdf as reader
from gongkai.reading.document import Document
from gongkai.reading.errors import UnreadableError
from gongkai.reading.pdf.guard import ordinary

PLAIN = pdf(
    Sheet().text(100, 50, "年度报告").table(100, 100, ["甲类 乙类", "345 67"]),
    Sheet().text(100, 50, "Report").image(),
    info="/Title(Report)",
)
STROKE = "10 10 m 200 10 l S\n"


def outcome(data: bytes) -> Document | str:
    """What reading gives: the document, or the sentence of the refusal."""
    try:
        return reader.read(data)
    except UnreadableError as error:
        return str(error).replace("\n", "LINE END")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), max_size=12), st.integers(0, len(PLAIN))
)
@example([], 0)
def test_flipped_and_missing_bytes_give_a_document_or_a_sentence(flips: list[tuple[int, int]], length: int) -> None:
    data = bytearray(PLAIN)
    for at, value in flips:
        data[at] = value
    for broken in (bytes(data), bytes(data[:length])):
        assert isinstance(outcome(broken), Document | str)


@settings(deadline=None)  # a process of its own has to begin; what it may take is tested elsewhere
@given(st.binary(max_size=2000))
def test_junk_behind_the_signature_is_refused(junk: bytes) -> None:
    found = outcome(b"%PDF-1.7\n" + junk)
    assert isinstance(found, str)
    assert "LINE END" not in found


def test_what_is_no_pdf_is_called_broken() -> None:
    assert "损坏" in str(outcome(b"%PDF-1.7 and nothing else"))


def test_a_password_is_named() -> None:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]/Root" % (b"41" * 32, b"42" * 32)
    assert "文件有打开密码" in str(outcome(PLAIN.replace(b"/Root", lock)))


def test_a_file_beyond_the_size_limit_is_refused_unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", len(PLAIN) - 1)
    assert "文件超过" in str(outcome(PLAIN))


def test_pages_beyond_the_limit_are_named() -> None:
    document = outcome(pdf(*[Sheet().text(100, 100, "Page")] * 1000))
    assert isinstance(document, Document)
    assert "共 1000 页，第 301—1000 页未能读取" in document.warnings[0]


def test_no_handle_stays_open_when_a_file_is_read_again_and_again() -> None:
    found = [outcome(PLAIN) for _ in range(300)]
    assert len({document.text for document in found if isinstance(document, Document)}) == 1


DOUBLING = {f"X{k}": b"/X%d Do " % (k + 1) * 10 for k in range(12)} | {"X12": b"0 0 m 1 1 l S"}

HOSTILE = {
    "forms that call one another ten times at each level": pdf(Sheet(operators=["/X0 Do"]), forms=DOUBLING),
    "the same, deflated": pdf(Sheet(operators=["/X0 Do"]), forms=DOUBLING, packed=True),
    "a form that calls itself twice": pdf(Sheet(operators=["/X0 Do"]), forms={"X0": b"/X0 Do /X0 Do"}),
    "a page that unpacks to 200 MB": pdf(Sheet(operators=[STROKE * 10_000_000]), packed=True),
    "a page of a million lines": pdf(Sheet(operators=[STROKE * 1_000_000]).text(50, 50, "Report"), packed=True),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_file_made_to_hold_the_process_is_read_in_a_child_within_ten_seconds(data: bytes) -> None:
    assert not ordinary(data)
    start = time.monotonic()
    assert isinstance(outcome(data), Document | str)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(operators=[STROKE * 300_000]).text(50, 50, "Report"),
        Sheet(operators=["".join(f"{k % 500} {k % 800} m {k % 500} {k % 800 + 40} l S\n" for k in range(60_000))]),
        Sheet(operators=[f"BT /F 5 Tf {k % 590} {k // 590} Td <0031> Tj ET" for k in range(80_000)]),
    ],
    ids=["one line many times", "many upright lines", "80,000 characters"],
)
def test_a_crowded_page_is_read_in_bounded_time(sheet: Sheet) -> None:
    data = pdf(sheet, packed=True)
    assert ordinary(data)
    start = time.monotonic()
    assert isinstance(outcome(data), Document | str)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "mark",
    [
        b"/Encrypt 9 0 R",
        b"/Filter[/FlateDecode/FlateDecode]",
        b"/Filter [ /ASCIIHexDecode /FlateDecode ]",
        b"/Filter/LZWDecode",
        b"/Filter/L#5aWDecode",
        b"/Filter 9 0 R",
        b"/Filter/RunLengthDecode",
    ],
)
def test_what_cannot_be_looked_into_is_not_ordinary(mark: bytes) -> None:
    assert ordinary(PLAIN)
    assert not ordinary(PLAIN.replace(b"/Title", mark + b"/Title"))


def test_a_file_read_in_a_child_gives_the_same_document() -> None:
    inner = "\n".join(Sheet().table(100, 100, ["甲类 乙类", "345 67"]).operators).encode()
    here = outcome(pdf(Sheet(operators=["/X Do"]), forms={"X": inner}))
    there = outcome(pdf(Sheet(operators=["/X Do"]), forms={"X": inner, "Y": b"/I Do /I Do"}))
    assert isinstance(here, Document)
    assert isinstance(there, Document)
    assert (here.text, here.blocks, here.warnings) == (there.text, there.blocks, there.warnings)
    assert here.place(0, 2) == there.place(0, 2)
