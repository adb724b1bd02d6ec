"""A file's name is shown and saved only after it was cleaned; it never becomes a path."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.office.acts.attachments.names import LONGEST, NAMELESS, clean, suffix_of


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("报告.docx", "报告.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\桌面\\报告.docx", "报告.docx"),
        ("附件\u202etxt.exe", "附件txt.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ('引"号.pdf', "引_号.pdf"),
        ("  .  ", NAMELESS),
        ("", NAMELESS),
        ("..", NAMELESS),
        ("CON.txt", "_CON.txt"),
        (".htaccess", "htaccess"),
        ("e\u0301.pdf", "é.pdf"),
        ("长" * 300 + ".docx", "长" * 78 + ".docx"),
        ("a" * 300 + ".docx", "a" * 115 + ".docx"),
    ],
)
def test_names_are_cleaned(given_name: str, cleaned: str) -> None:
    assert clean(given_name) == cleaned


@given(st.text(max_size=400))
@example("\ud800.pdf")
@example("con")
def test_a_cleaned_name_is_short_visible_and_no_path(name: str) -> None:
    cleaned = clean(name)
    assert 0 < len(cleaned) <= LONGEST + 1
    assert len(cleaned.encode()) <= 255
    assert not set(cleaned) & set('/\\:*?"<>|\r\n\0')
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in cleaned)
    assert cleaned not in (".", "..")
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.TXT", "txt"), ("a", ""), (".bashrc", ""), ("a.tar.gz", "gz"), ("a.b c", ""), ("a.", "")]
)
def test_the_suffix_is_what_follows_the_last_dot(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix
