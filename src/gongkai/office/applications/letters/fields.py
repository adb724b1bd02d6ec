"""The fields of letters as data (``fields.toml``), and how a value of each is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.office.applications.letters.errors import LetterError
from gongkai.office.applications.letters.facts import FieldValue
from gongkai.office.applications.letters.wording import clause, passage, plain
from gongkai.statute.cases import chinese

TEXT, CLAUSE, PASSAGE, DATE, DAYS, LIST = "text", "clause", "passage", "date", "days", "list"
_EXPECTED = {
    TEXT: "文字",
    CLAUSE: "文字",
    PASSAGE: "文字",
    DATE: "日期",
    DAYS: "正整数（工作日）",
    LIST: "一个列表",
}


@dataclass(frozen=True, slots=True)
class Field:
    """``name``: as templates write it; ``key``: as facts give it.

    ``everywhere``: in every letter to "applicant", in every "reply", in letters to "anyone"; else only in those whose
    wording in the catalogue has it.
    """

    name: str
    key: str
    type: str
    hint: str
    derived: bool = False
    optional: bool = False
    everywhere: str = ""
    sample: Any = None


@cache
def known_fields() -> dict[str, Field]:
    """Name → field, in the order of the data."""
    text = files("gongkai.office.applications.letters").joinpath("fields.toml").read_text(encoding="utf-8")
    return {entry["name"]: Field(key=key, **entry) for key, entry in tomllib.loads(text).items()}


@cache
def keys() -> frozenset[str]:
    """Keys of the fields whose values are given."""
    return frozenset(field.key for field in known_fields().values())


def shown(field: Field, value: FieldValue) -> str:
    """``value`` as the letter writes it; empty for nothing. Raises ``LetterError`` for a value of another type."""
    if value is None or value == "":
        return ""
    if field.type in {TEXT, CLAUSE, PASSAGE} and isinstance(value, str):
        return {TEXT: plain, CLAUSE: clause, PASSAGE: passage}[field.type](value)
    if field.type == DATE and isinstance(value, date) and not isinstance(value, datetime):
        return chinese(value)
    if field.type == DAYS and isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return f"{value}个工作日"
    if field.type == LIST and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return "、".join(filter(None, map(clause, value)))
    raise LetterError(f"“{field.name}”应是{_EXPECTED[field.type]}，写的是“{plain(str(value))[:30]}”")
