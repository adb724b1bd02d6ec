"""What a user would do instead: pandas.read_html and markitdown on the same pages; time, and the share of the 200
cells of the form found right.

A cell counts as found when the tool's table has a row that names it (the label, width and spaces evened out) with as
many numbers behind it as the row has columns; that is more than a user gets without work of their own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import documents
import pandas
from markitdown import MarkItDown, StreamInfo
from measure import rounds
from reading.layouts import FORM, LAYOUTS

from gongkai import reading
from gongkai.reading.tables.labels import normalise
from gongkai.rendering import render

LABELS = {normalise(row.label): (table.key, row) for table in FORM.tables.values() for row in table.rows.values()}
Cells = dict[str, str]


def from_rows(rows: Iterable[list[str]]) -> Cells:
    """Cells by label, as far as the rows of a table give them."""
    found: Cells = {}
    for row in rows:
        at = max((i for i, text in enumerate(row) if normalise(text) in LABELS), default=None)
        numbers = [text for text in row if re.fullmatch(r"\d+(\.\d+)?", text)]
        if at is not None:
            table, form_row = LABELS[normalise(row[at])]
            values = [text for text in row[at + 1 :] if re.fullmatch(r"\d+(\.\d+)?", text)]
            if len(values) == len(form_row.columns):
                found |= {f"{table}.{form_row.key}.{c}": v for c, v in zip(form_row.columns, values, strict=True)}
        elif len(numbers) == 15:
            found |= dict(zip(FORM.tables["remedies"].cells, numbers, strict=True))
    return found


def with_pandas(page: bytes) -> Cells:
    found: Cells = {}
    for frame in pandas.read_html(io.BytesIO(page), header=None):
        rows = [[str(v).removesuffix(".0") for v in row] for row in frame.itertuples(index=False)]
        found |= from_rows(rows)
    return found


MARKDOWN = MarkItDown()


def with_markitdown(page: bytes, extension: str = ".html") -> Cells:
    text = MARKDOWN.convert_stream(io.BytesIO(page), stream_info=StreamInfo(extension=extension)).text_content
    return from_rows([c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if "|" in line)


def with_gongkai(page: bytes) -> Cells:
    return {c: str(f.value) for c, f in reading.open(page).figures.items() if f.value is not None}


def right(cells: Cells, truth: Cells) -> float:
    return sum(cells.get(cell) == value for cell, value in truth.items()) / len(truth)


def compare(title: str, files: list[bytes], truths: list[Cells], tools: dict[str, object]) -> None:
    print(f"\n{title}")
    times = rounds(tools, files, times=2)  # type: ignore[arg-type]
    for name, tool in tools.items():
        shares = [right(tool(f), t) for f, t in zip(files, truths, strict=True)]  # type: ignore[operator]
        print(f"  {name:<24}{times[name]:9.2f} ms   {sum(shares) / len(shares):7.1%} of {len(FORM.cells)} cells right")


def main() -> None:
    truths = [documents.figures(seed) for seed in range(6)]
    pages = {"site": documents.site_page, "Word": documents.word_page}
    html = {"gongkai": with_gongkai, "pandas.read_html": with_pandas, "markitdown": with_markitdown}
    for name, page in pages.items():
        compare(f"HTML, {name}", [page(s).encode() for s in range(6)], truths, dict(html))
    for name in ("html_in_layout_tables", "html_unclosed", "html_table_a_row"):
        compare(f"HTML, {name}", [LAYOUTS[name](t).encode() for t in truths], truths, dict(html))
    for kind in ("docx", "pdf"):
        files = [render(reading.open(documents.site_page(s)), kind) for s in range(3)]
        tools = {"gongkai": with_gongkai, "markitdown": lambda f, k=kind: with_markitdown(f, f".{k}")}
        compare(kind.upper(), files, truths[:3], dict(tools))


if __name__ == "__main__":
    main()
