"""The wording of a letter: lines of text with fields in braces, {补正期限}. Values are put in as text, once."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.office.applications.letters.wording import passage

_FIELD = re.compile(r"\{([^{}\n]*)\}")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a wording: its lines that are not empty, without characters that are not seen."""
    return passage(text).splitlines()


def names_in(paragraph: str) -> list[str]:
    """Names of the fields in the order in which they stand; spaces inside of the braces do not count."""
    return [match[1].strip() for match in _FIELD.finditer(paragraph)]


def named(text: str) -> set[str]:
    """Names of the fields that stand anywhere."""
    return set(names_in(text))


def literal(text: str) -> str:
    """What stands outside of the fields."""
    return _FIELD.sub("", text)


def fill(paragraph: str, value: Callable[[str], str]) -> list[str]:
    """The paragraphs that one becomes; a value of several lines makes several. Braces in values stay what they are."""
    filled = _FIELD.sub(lambda match: value(match[1].strip()), paragraph)
    return [line for line in filled.split("\n") if line.strip()]
