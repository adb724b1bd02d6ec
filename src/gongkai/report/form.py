"""The statutory form as data: chapters, tables, rows, columns and labels, read from ``forms/<name>.toml``.

Every cell has a public key ``table.row.column`` (``applications.received.total``): the same in code, JSON and URLs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``decimals`` is how many places a value may have (0 for counts); ``signed`` allows "+2", "-1"."""

    key: str
    label: str
    variants: tuple[str, ...] = ()
    unit: str = "件"
    decimals: int = 0
    signed: bool = False
    parent: str | None = None  # the printed head over this column, where there is one


@dataclass(frozen=True, slots=True)
class Row:
    """A row. ``group`` is the printed group label beside it; ``section`` its part in the table's arithmetic."""

    key: str
    label: str
    columns: tuple[str, ...]
    variants: tuple[str, ...] = ()
    number: str = ""
    group: str | None = None
    section: str | None = None
    articles: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The row as people call it: 予以公开, 不予公开·属于国家秘密, 其他处理·其他."""
        label = self.label.split("（")[0]
        return label if self.group in (None, label) else f"{self.group}·{label}"


@dataclass(frozen=True, slots=True)
class Block:
    """One of the stacked blocks of the table ``proactive``."""

    title: str
    header: tuple[str, ...]
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    columns: dict[str, Column]
    rows: dict[str, Row]
    blocks: tuple[Block, ...] = ()
    corner: str = ""
    cells: tuple[str, ...] = field(init=False)  # keys of all cells, row by row

    def __post_init__(self) -> None:
        cells = (f"{self.key}.{row.key}.{column}" for row in self.rows.values() for column in row.columns)
        object.__setattr__(self, "cells", tuple(cells))


@dataclass(frozen=True, slots=True)
class ChapterForm:
    """A chapter: ``variants`` are titles met in the wild, recognised but not standard."""

    key: str
    number: int
    title: str
    variants: tuple[str, ...] = ()
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form and the notice that set it. ``last_year`` is ``None`` while it is in force."""

    name: str
    doc_no: str
    title: str
    first_year: int
    last_year: int | None
    chapters: tuple[ChapterForm, ...]
    aspects: dict[str, tuple[str, ...]]
    tables: dict[str, Table]

    cells: tuple[str, ...] = field(init=False)  # keys of all cells of all tables

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", tuple(cell for table in self.tables.values() for cell in table.cells))

    def cell_name(self, cell: str) -> str:
        """A cell as people call it: column, then row (商业企业·予以公开); row, then column in the other tables."""
        table_key, row, column = cell.split(".")
        table = self.tables[table_key]
        names = [table.rows[row].name, table.columns[column].label.split("（")[0]]
        return "·".join(reversed(names) if table_key == "applications" else names)


def _columns(raw: dict[str, Any]) -> dict[str, Column]:
    return {key: Column(key=key, **{**c, "variants": tuple(c.get("variants", ()))}) for key, c in raw.items()}


def _table(key: str, raw: dict[str, Any]) -> Table:
    columns = _columns(raw["columns"])
    rows = {}
    for row in raw["rows"]:
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        fields.setdefault("columns", tuple(columns))
        rows[row["key"]] = Row(**fields)
    blocks = tuple(
        Block(title=b["title"], header=tuple(b["header"]), rows=tuple(b["rows"])) for b in raw.get("blocks", ())
    )
    return Table(key, raw["title"], columns, rows, blocks, raw.get("corner", ""))


@cache
def load_form(name: str) -> Form:
    """The form called ``name`` ("2019", "2021"). Raises ``KeyError`` for a form there is no file for."""
    source = files("gongkai.report") / "forms" / f"{name}.toml"
    if not source.is_file():
        raise KeyError(f"没有名为“{name}”的报告格式；已有：{'、'.join(forms())}")
    raw = tomllib.loads(source.read_text(encoding="utf-8"))
    inherited = load_form(raw["extends"]) if "extends" in raw else None
    tables = {}
    for key in ("proactive", "applications", "remedies"):
        change = raw.get("tables", {}).get(key, {})
        if inherited and "rows" not in change:
            old = inherited.tables[key]
            kept = {k: row for k, row in old.rows.items() if k not in change.get("without_rows", ())}
            tables[key] = Table(old.key, old.title, old.columns, kept, old.blocks, old.corner)
        else:
            tables[key] = _table(key, change)
    if "chapters" in raw:
        chapters = tuple(ChapterForm(**{**c, "variants": tuple(c.get("variants", ()))}) for c in raw["chapters"])
        aspects = {key: (a["title"], *a.get("variants", ())) for key, a in raw["aspects"].items()}
    else:
        assert inherited is not None
        chapters, aspects = inherited.chapters, inherited.aspects
    return Form(name, raw["doc_no"], raw["title"], raw["first_year"], raw.get("last_year"), chapters, aspects, tables)


@cache
def forms() -> tuple[str, ...]:
    """Names of all forms, oldest first."""
    folder = files("gongkai.report") / "forms"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")))


def form_for_year(year: int) -> Form:
    """The form that applies to reports on ``year``. Raises ``KeyError`` for a year before the first form."""
    for name in reversed(forms()):
        form = load_form(name)
        if form.first_year <= year and (form.last_year is None or year <= form.last_year):
            return form
    raise KeyError(f"{year} 年度没有统一的年度报告格式（最早的格式自 2019 年度起）")
