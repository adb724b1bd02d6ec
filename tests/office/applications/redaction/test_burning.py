"""Redaction: what a box covers is gone, what it does not cover stays legible, and the proof sees when it is not so."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gongkai.office.acts.attachments.hidden import pdf as hidden
from gongkai.office.applications.redaction.boxes import Box, BoxError, count_by_ground
from gongkai.office.applications.redaction.burning import UnreadablePdfError, burn, page_count, picture
from gongkai.office.applications.redaction.proof import faults

SECRET = "SECRET 110105194912310021"
SOURCE = f"""
#set document(title: "{SECRET}", author: "Zhang San")
#set page(width: 210mm, height: 297mm, margin: 20mm)
#place(top + left, dy: 40mm)[#text(size: 16pt)[{SECRET}]]
#place(top + left, dy: 120mm)[#text(size: 16pt)[PUBLIC]]
#pagebreak()
#text(size: 16pt)[SECOND PAGE]
"""
COVER = Box(1, 0.08, 0.18, 0.92, 0.26, "15")


@pytest.fixture(scope="module")
def original() -> bytes:
    return typst.compile(SOURCE.encode())


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_original_says_what_the_redacted_file_no_longer_holds(original: bytes) -> None:
    assert SECRET in text_of(original)
    redacted = burn(original, [COVER])
    assert text_of(redacted) == ""
    assert b"SECRET" not in redacted
    assert b"Zhang San" not in redacted
    assert faults(redacted, [COVER]) == []
    assert page_count(redacted) == 2


def test_a_redacted_file_says_nothing_of_itself(original: bytes) -> None:
    redacted = burn(original, [COVER])
    assert [*hidden.findings(redacted)] == []
    titled = redacted.replace(b" " * 12, b"/Title(Liu) ", 1)
    assert faults(titled, [COVER]) == ["元数据未清除：Title"]


def test_only_the_box_is_black_and_the_page_keeps_its_size(original: bytes) -> None:
    redacted = burn(original, [COVER])
    before, after = (pypdfium2.PdfDocument(pdf)[0].get_size() for pdf in (original, redacted))
    assert after == pytest.approx(before, abs=0.5)
    shown, plain = picture(redacted, 1, 800).convert("L"), picture(original, 1, 800).convert("L")
    inside = (70, 205, 730, 290)
    assert shown.crop(inside).getextrema() == (0, 0)
    public = (0, 400, 800, 800)
    assert shown.crop(public).getextrema()[0] < 100, "the public line is still there"
    # Two drawings of one page differ by the grain of the picture, not by more.
    worst = max(abs(a - b) for a, b in zip(shown.crop(public).tobytes(), plain.crop(public).tobytes(), strict=True))
    assert worst < 140


@settings(max_examples=15, deadline=None)
@given(
    st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 1), st.floats(0.01, 1)),
    st.integers(1, 2),
)
def test_any_box_is_black_to_its_last_pixel(sides: tuple[float, float, float, float], page: int) -> None:
    left, top, width, height = sides
    box = Box(page, left, top, min(1.0, left + width), min(1.0, top + height), "16.1")
    assert faults(burn(typst.compile(SOURCE.encode()), [box]), [box]) == []


def test_the_proof_sees_a_file_that_only_looks_redacted(original: bytes) -> None:
    found = faults(original, [COVER])
    assert any("文字" in fault for fault in found)
    assert any("元数据" in fault for fault in found)
    assert faults(burn(original, []), [COVER]) == ["第1页：区域（15）未完全遮盖"]


def test_what_was_filled_into_a_form_or_lies_in_a_rotated_page_is_covered_as_shown() -> None:
    rotated = pypdfium2.PdfDocument(typst.compile(SOURCE.encode()))
    rotated[0].set_rotation(90)
    written = io.BytesIO()
    rotated.save(written)
    page = picture(written.getvalue(), 1, 1000)
    assert page.width > page.height
    # After a quarter turn to the right the line stands upright, at the right.
    box = Box(1, 0.74, 0.08, 0.82, 0.92, "15")
    redacted = burn(written.getvalue(), [box])
    assert faults(redacted, [box]) == []
    dark = picture(redacted, 1, 1000).convert("L")
    assert dark.crop((745, 60, 815, 640)).getextrema() == (0, 0)
    assert dark.size == page.size


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"page": 1, "left": 0.5, "top": 0, "right": 0.2, "bottom": 1, "ground": "15"}, "不在页面之内"),
        ({"page": 1, "left": 0, "top": 0, "right": 1, "bottom": 1, "ground": "99"}, "依据"),
        ({"page": 1, "left": "x", "top": 0, "right": 1, "bottom": 1, "ground": "15"}, "不完整"),
        ({"page": 1}, "不完整"),
        ({"page": 1, "left": float("nan"), "top": 0, "right": 1, "bottom": 1, "ground": "15"}, "不在页面之内"),
    ],
)
def test_a_box_that_makes_no_sense_is_refused_in_words(values: dict[str, object], says: str) -> None:
    with pytest.raises(BoxError, match=says):
        Box.of(values)


def test_a_box_on_a_page_that_is_not_there_is_refused(original: bytes) -> None:
    with pytest.raises(BoxError, match="共2页，没有第3页"):
        burn(original, [Box(3, 0, 0, 1, 1, "15")])


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadablePdfError, match="不能作为 PDF 打开"):
        burn(content, [])


def test_grounds_are_counted_in_the_order_of_the_law() -> None:
    boxes = [Box(1, 0, 0, 1, 1, ground) for ground in ("16.1", "15", "15")]
    assert list(count_by_ground(boxes).items()) == [("15", 2), ("16.1", 1)]


def test_a_photograph_with_a_place_in_it_loses_the_place() -> None:
    photograph = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (200, 100), "red").save(photograph, "JPEG", exif=exif)
    document = pypdfium2.PdfDocument.new()
    shown = pypdfium2.PdfImage.new(document)
    shown.load_jpeg(photograph, inline=True)
    shown.set_matrix(pypdfium2.PdfMatrix().scale(200, 100))
    page = document.new_page(200, 100)
    page.insert_obj(shown)
    page.gen_content()
    written = io.BytesIO()
    document.save(written)
    assert b"SecretCamera" in written.getvalue()
    assert b"SecretCamera" not in burn(written.getvalue(), [])
