"""Codes, numbers and names: the cases of ``formats.yaml``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.bodies import formats

CASES = yaml.safe_load(Path(__file__).with_name("formats.yaml").read_text("utf-8"))
RIGHT = [(kind, text) for kind, cases in CASES.items() for text in cases["right"]]
WRONG = [(kind, text, words) for kind, cases in CASES.items() for text, words in cases["wrong"].items()]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize(("kind", "text"), RIGHT)
def test_right_ones_pass(kind: str, text: str) -> None:
    getattr(formats, f"validate_{kind}")(text)


@pytest.mark.parametrize(("kind", "text", "words"), WRONG)
def test_wrong_ones_are_refused_with_what_is_expected(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(words)):
        getattr(formats, f"validate_{kind}")(text)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_the_check_character_finds_every_single_slip(first_17: str, place: int, other: str) -> None:
    code = first_17 + formats.uscc_check_character(first_17)
    formats.validate_uscc(code)
    if other != code[place]:
        with pytest.raises(ValidationError, match="校验码"):
            formats.validate_uscc(code[:place] + other + code[place + 1 :])
