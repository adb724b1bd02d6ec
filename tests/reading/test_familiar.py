"""Tables in a make that was met before are read as the search reads them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.layouts import FORM, LAYOUTS, Figures

from gongkai.reading.document import Document, Grid
from gongkai.reading.html import read
from gongkai.reading.recognise import recognise
from gongkai.reading.tables.find import find

HTML = [name for name in LAYOUTS if "html" in name or "word" in name]
NUMBERS = ["0", "0", "1", "12", "345", "007", "0.5", "84.670"]
# What makes a row other than whole, or a cell other than a number.
odd = st.sampled_from(["", "-", "/", "无", "1,234", "１２", "若干", "3件", "-2", " 4 ", "<p>1</p><p>2</p>"])
changes = st.sampled_from(
    [
        (r"<tr>.*?</tr>", ""),
        (r"(<tr>.*?</tr>)", r"\1\1"),
        (r"(<table>.*?</table>)", r"\1\1"),
        (r"<table>.*?</table>", ""),
        (r"<td[^>]*>[^<]*</td>", ""),
        (r"(<td[^>]*>)[^<]*(</td>)", r"\1\2"),
        (r"(<table>.*?</table>)", r"\1<p>总计</p><p>8</p>"),
        (r"(<table>.*?</table>)", r"<p>行政许可</p>\1<p>行政处罚 3</p>"),
        (r"(<table>.*?</table>)", r"<p>结果维持</p>\1<p>1</p>"),
        ("部分公开", "部份公开"),
        ("商业企业", "商业企"),
        ("本年制发件数", "本年新制作数量"),
        ("其他处理", "其它"),
    ]
)


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    pick = random.Random(draw(st.integers(0, 1000)))
    chosen = {cell: pick.choice(NUMBERS) for cell in FORM.cells}
    return chosen | draw(st.dictionaries(st.sampled_from(FORM.cells), odd, max_size=2))


def searched(document: Document) -> Document:
    """The same document, of no known make."""
    document.blocks = [Grid(block.cells) if isinstance(block, Grid) else block for block in document.blocks]
    return document


def nth(pattern: str, new: str, page: str, index: int) -> str:
    """``page`` with ``pattern`` replaced where it stands for the ``index``-th time (counted round)."""
    found = list(re.finditer(pattern, page, re.DOTALL))
    if not found:
        return page
    match = found[index % len(found)]
    return page[: match.start()] + match.expand(new) + page[match.end() :]


@settings(max_examples=150, deadline=None)
@given(
    figures(),
    st.sampled_from([LAYOUTS[name] for name in HTML]),
    st.lists(st.tuples(changes, st.integers(0, 400)), max_size=2),
)
def test_a_table_of_a_known_make_is_read_as_the_search_reads_it(
    chosen: Figures, layout: Callable[[Figures], str], damage: list[tuple[tuple[str, str], int]]
) -> None:
    page = layout(chosen)
    for (pattern, new), index in damage:
        page = nth(pattern, new, page, index)
    read(page)  # a make is learned when it is met again
    assert recognise(read(page)) == recognise(searched(read(page)))


@pytest.mark.parametrize("name", ["html_spans", "word_pasted", "html_in_layout_tables", "html_unclosed"])
def test_the_whole_tables_of_the_form_are_of_a_known_make(name: str) -> None:
    report = LAYOUTS[name](dict.fromkeys(FORM.cells, "3"))
    read(report)
    assert set(find(read(report)).whole) == {"proactive", "applications", "remedies"}
    assert {figure.value for figure in recognise(read(report)).figures.values()} == {3}


def table(first: int, label: str = "本年新收") -> str:
    cells = "".join(f"<td>{first + column}</td>" for column in range(12))
    return f"<table><tr><td>{label}</td>{cells}</tr><tr><td>合计</td>{cells}</tr></table>"


def tables_of(page: str) -> list[list[tuple[str, int, int]]]:
    return [[(c.text, c.row, c.column) for c in b.cells] for b in read(page).blocks if isinstance(b, Grid)]


def test_a_page_with_more_makes_of_table_than_are_remembered_is_read_as_before() -> None:
    page = "".join(f"<p>第{n}张</p>{table(n, f'本年新收{n}类')}" for n in range(200))
    once = tables_of(page)
    assert len(once) == 200
    assert [tables_of(page) for _ in range(3)] == [once] * 3


def test_a_known_table_in_a_cell_of_another_becomes_text_of_it() -> None:
    around = "".join(f"<tr>{'<td>字</td>' * 20}</tr>" for _ in range(4))
    page = f"<table>{around}<tr><td>外{table(1)}</td></tr></table>"
    once = read(page)
    assert [read(page) for _ in range(3)] == [once] * 3
    assert tables_of(page)[0][-1][0].startswith("外\n本年新收\n1\n2\n")


@pytest.mark.parametrize("name", ["nav", "footer", "share", "head"])
def test_a_known_table_keeps_the_region_that_it_stands_in(name: str) -> None:
    page = f'<div class="{name}"><p>字</p>{table(1)}</div>'
    once = tables_of(page)
    assert len(once) == 1
    assert [tables_of(page) for _ in range(3)] == [once] * 3


def test_values_are_the_same_whether_they_or_the_figures_are_asked_for_first() -> None:
    page = LAYOUTS["html_spans"]({cell: str(n) for n, cell in enumerate(FORM.cells)})
    recognise(read(page))
    one, other = recognise(read(page)), recognise(read(page))
    assert one.values == {cell: figure.value for cell, figure in other.figures.items()} == other.values
    assert one == other
    assert all(one.text[f.place.start : f.place.end] == f.printed for f in one.figures.values() if f.place)
