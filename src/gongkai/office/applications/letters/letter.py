"""A letter as data: what stands on the paper, in JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from gongkai.office.applications.letters.errors import LetterError
from gongkai.statute.cases import chinese

Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """``title``: with the body's name, as printed. ``number``: whole; empty where there is none. ``addressees``: names.

    ``fields``: name of a field → what was put in; personal data among it, so that it is kept as the papers are.
    ``rows``: of the registration form, each of (label, value) pairs. ``body``: who signs; ``by_hand``: name and date
    are left to who fills it in. ``note``: how to reach the body.
    """

    kind: str
    title: str
    number: str
    date: date
    addressees: tuple[str, ...]
    paragraphs: tuple[str, ...]
    body: str
    fields: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    attachments: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    note: str = ""
    by_hand: bool = False

    @property
    def signature(self) -> tuple[str, str]:
        """The two lines at the end: name and date, or the places for them."""
        if self.by_hand:
            return ("（签名或者盖章）", "　　年　　月　　日")
        return (self.body, chinese(self.date))

    @property
    def text(self) -> str:
        """Everything that is printed, line by line."""
        address = [f"{'、'.join(self.addressees)}："] if self.addressees else []
        rows = [f"{label}\t{value}" for row in self.rows for label, value in row]
        several = len(self.attachments) > 1
        names = [f"{n}. {name}" if several else name for n, name in enumerate(self.attachments, 1)]
        attached = [f"附件：{names[0]}", *names[1:]] if names else []
        copied = [f"抄送：{'，'.join(self.copies)}。"] if self.copies else []
        head = [self.title, *([self.number] if self.number else []), *address]
        signature = () if self.rows else self.signature
        lines = [*head, *rows, *self.paragraphs, *attached, *signature, *([self.note] if self.note else []), *copied]
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The letter as what a JSON writer takes."""
        raw = asdict(self) | {"date": self.date.isoformat(), "fields": dict(self.fields)}
        return {key: _lists(value) for key, value in raw.items()}

    @classmethod
    def from_json(cls, raw: object) -> Letter:
        """The letter that ``to_json`` gave. Raises ``LetterError`` for anything else."""
        known = {f.name for f in fields(cls)}
        if not isinstance(raw, Mapping) or set(raw) != known:
            raise LetterError(f"文书的数据应有这些项：{'、'.join(sorted(known))}")
        try:
            day = date.fromisoformat(raw["date"])
            rows = tuple(tuple((str(a), str(b)) for a, b in row) for row in raw["rows"])
            lists = {key: tuple(map(str, raw[key])) for key in ("addressees", "paragraphs", "attachments", "copies")}
            return cls(**{**raw, **lists, "date": day, "rows": rows, "fields": dict(raw["fields"])})
        except (TypeError, ValueError):
            raise LetterError("文书的数据不完整，或者日期没有写作 2024-01-31 的样子") from None


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value
