"""One setting from the environment, and what it may look like."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

YES, NO = ("1", "true", "yes", "on", "是"), ("0", "false", "no", "off", "否", "")


class SettingError(Exception):
    """A value that cannot be taken; ``str(error)`` is the Chinese line that says which, why and what is expected."""


@dataclass(frozen=True)
class Setting(Generic[T]):
    """``default`` is written as it would stand in the environment.

    ``parse`` turns the text into the value and raises ``ValueError`` with the Chinese reason. ``secret``: the value
    itself is never shown. ``needed`` says, in Chinese, when production cannot do without it.
    """

    name: str
    meaning: str
    parse: Callable[[str], T]
    default: str = ""
    example: str = ""
    needed: str = ""
    secret: bool = False

    def value(self) -> T:
        """The value in force. Raises ``SettingError``."""
        text = os.environ.get(self.name, "").strip() or self.default
        try:
            return self.parse(text)
        except ValueError as error:
            shown = "" if self.secret else f"“{text}”"
            example = f"，例如 {self.name}={self.example}" if self.example else ""
            raise SettingError(f"环境变量 {self.name} 的值{shown}不对：{error}{example}") from None

    @property
    def given(self) -> bool:
        """Whether the environment names it, be it with the default's own value."""
        return bool(os.environ.get(self.name, "").strip())


def text(value: str) -> str:
    """Any text."""
    return value


def yes_no(value: str) -> bool:
    """1 or 0."""
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ValueError("应为 1（是）或 0（否）")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A whole number between ``low`` and ``high``."""

    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"应为 {low} 至 {high} 的整数")
        return int(value)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    """One of ``words``."""

    def parse(value: str) -> str:
        if value not in words:
            raise ValueError(f"应为 {'、'.join(words)} 之一")
        return value

    return parse


def listed(value: str) -> tuple[str, ...]:
    """Words parted by commas."""
    return tuple(word.strip() for word in value.replace("，", ",").split(",") if word.strip())
