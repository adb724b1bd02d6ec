"""Pages as they are met: what is read of them, where it stands, and that no page breaks or delays the reader."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.peak import peak_megabytes
from reading.word_page import word_page

from gongkai.reading.document import Document, Grid
from gongkai.reading.errors import UnreadableError
from gongkai.reading.html import read

LAYOUTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "html/layouts.yaml").read_text("utf-8"))
LONG = "这一段说明本年度各项工作的进展情况。" * 30


def offsets_hold(document: Document) -> None:
    position = 0
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Grid) else [block]:
            assert document.text[piece.start : piece.end] == piece.text
            assert piece.start >= position
            position = piece.end
        if isinstance(block, Grid):
            places = [(cell.row, cell.column) for cell in block.cells]
            assert places == sorted(set(places))


def shape(document: Document) -> list[Any]:
    """Lines as texts, tables as rows of cells: the notation of the YAML cases."""
    blocks: list[Any] = []
    for block in document.blocks:
        if not isinstance(block, Grid):
            blocks.append(block.text)
            continue
        rows: dict[int, list[Any]] = {}
        for cell in block.cells:
            spans = (cell.rowspan, cell.colspan)
            rows.setdefault(cell.row, []).append(cell.text if spans == (1, 1) else [cell.text, *spans])
        blocks.append(list(rows.values()))
    return blocks


@pytest.mark.parametrize("case", LAYOUTS.values(), ids=LAYOUTS)
def test_layout(case: dict[str, Any]) -> None:
    document = read(case["html"].replace("{long}", LONG))
    expected = [block.replace("{long}", LONG) if isinstance(block, str) else block for block in case["read"]]
    assert shape(document) == expected
    offsets_hold(document)
    if "columns" in case:
        assert [c.column for block in document.blocks if isinstance(block, Grid) for c in block.cells] == case[
            "columns"
        ]


def test_a_page_pasted_from_word_gives_its_words_and_cells() -> None:
    page = word_page()
    assert 90_000 < len(page.encode()) < 120_000
    document = read(page)
    title, paragraph, grid = document.blocks
    assert not isinstance(title, Grid)
    assert title.text == "某镇2023年政府信息公开工作年度报告"
    assert not isinstance(paragraph, Grid)
    assert paragraph.text == "2023年共收到申请5件。"
    assert isinstance(grid, Grid)
    assert [(c.row, c.column) for c in grid.cells] == [(row, column) for row in range(36) for column in range(8)]
    assert grid.cells[-1].text == str(35 * 8 + 7)
    assert document.text.splitlines()[2] == "\t".join(cell.text for cell in grid.cells[:8])
    offsets_hold(document)


def test_metadata_comes_from_the_head() -> None:
    document = read(
        "<title> 年报 - 某县\n</title><meta name=ArticleTitle content='某镇年报'>"
        "<META NAME='PubDate' CONTENT='2024-01-20'>"
        "<meta property='og:url' content='x'><meta name=empty content=''><p>正文</p>"
    )
    assert document.metadata == {
        "title": "年报 - 某县",
        "articletitle": "某镇年报",
        "pubdate": "2024-01-20",
        "og:url": "x",
    }


@pytest.mark.parametrize(
    "page", ["", "   ", "<script>var a = 1</script>", "<html><body><img src=x></body></html>", "\x00"]
)
def test_a_page_without_words_is_refused(page: str) -> None:
    with pytest.raises(UnreadableError, match="没有读到文字"):
        read(page)


def test_spans_are_bounded_and_spread() -> None:
    document = read("<table><tr><td colspan=1000000 rowspan=999999>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")
    [grid] = document.blocks
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == [
        (0, 0, 2, 100),
        (0, 100, 1, 1),
        (1, 100, 1, 1),
    ]


def test_a_table_wider_than_any_is_read_as_text() -> None:
    document = read("<table><tr>" + "".join(f"<td>{n}</td>" for n in range(1000)) + "</tr></table>")
    assert len(document.blocks) == 1000
    offsets_hold(document)


def test_tables_beyond_the_number_of_cells_become_text() -> None:
    table = "<table>" + "<tr><td>1<td>2</tr>" * 60_000 + "</table>"
    document = read(table * 2)
    assert sum(isinstance(block, Grid) for block in document.blocks) == 1
    assert any("万格" in warning for warning in document.warnings)


@pytest.mark.parametrize("cut", range(200, 1400, 37))
def test_a_page_cut_anywhere_is_read_as_far_as_it_goes(cut: int) -> None:
    document = read(word_page(rows=2, columns=3)[: cut + 300])
    assert document.text.startswith("某镇2023年"[: len(document.text)])
    offsets_hold(document)


PIECES = [
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3>", "<th colspan='2'>", "<caption>"),
    *("<p>", "</p>", "<br>", "<div class=nav>", "</div>", "<span style='display:none'>", "</span>", "<b>", "</b>"),
    *(
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<select>",
        "<option>",
        "<svg>",
        "</svg>",
        "<template>",
    ),
    *(
        "<nav>",
        "</nav>",
        "<td hidden>",
        "<p hidden>",
        "<td colspan=99999999999>",
        "<td colspan=2 rowspan=2>",
        "<table class=footer>",
        "<a>",
        "<td ",
    ),
    *(
        "甲",
        "12",
        " ",
        "\n",
        "\t",
        "&nbsp;",
        "&#31;",
        "&#x1e",
        "&#4294967327;",
        "\x1f",
        "\x02",
        "\x0e",
        "\ufeff",
        "\ud800",
    ),
    *(
        "一、总体情况",
        "本年新收",
        "<",
        ">",
        '"',
        "'",
        "=",
        "&",
        "<frameset>",
        "<body hidden>",
        "<html hidden>",
        "</body>",
    ),
    *("版权所有", "字号", "<textarea>", "<title>", "<math>", "<form>", "<li>", "</table", "<col>", "<tbody hidden>"),
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
def test_tag_soup_is_read_or_refused_and_offsets_hold(soup: str) -> None:
    try:
        document = read(soup)
    except UnreadableError:
        return
    offsets_hold(document)
    assert not set("\x02\x03\x05\x06\x0e\x0f\x1c\x1d\x1e\x1f") & set(document.text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        offsets_hold(read(text))
    except UnreadableError:
        return


MILLION = 1_000_000
# Each of these takes the parser, or a careless pattern, minutes or gigabytes.
HOSTILE: dict[str, Callable[[], str]] = {
    "tables in tables": lambda: "甲" + "<table><tr><td>" * MILLION,
    "tables in tables, closed": lambda: "<table><tr><td>" * 100_000 + "甲" + "</td></tr></table>" * 100_000,
    "blocks in blocks": lambda: "甲" + "<div>" * MILLION,
    "blocks in a foreign element": lambda: "甲<svg><title>" + "<div>" * 100_000,
    "ends that end nothing": lambda: "<x><div></x>" * 100_000 + "甲",
    "formatting to be reopened": lambda: "".join(f"<FoNt size={n}>" for n in range(9_000)) + "<li>甲" * 9_000,
    "attributes": lambda: "<div " + " ".join(f"a{n}" for n in range(MILLION)) + ">甲",
    "attributes of many bodies": lambda: "".join(f"<body a{n}>" for n in range(100_000)) + "甲",
    "references": lambda: "甲" + "&#x1f;" * 5 * MILLION,
    "control characters": lambda: "甲" + "\x1f\x02" * 10 * MILLION,
    "unfinished tags": lambda: "甲" + "<span a='" * 5 * MILLION,
    "unfinished comments": lambda: "甲" + "<!--" * 10 * MILLION,
    "lines like buttons": lambda: "甲<br>" + ("扫一扫" * 30 + "!" * 25 + "<br>") * 1000,
    "blanks": lambda: "甲" + " \n" * 10 * MILLION + "乙",
    "cells": lambda: "<table>甲" + ("<tr>" + "<td>1" * 10) * MILLION,
    "formatting in attributes that mislead": lambda: (
        "<div>" + "".join(f"<b a='<{n}'>" for n in range(4_000)) + "</div>" + "<p>甲" * 9_000
    ),
    "ends with attributes": lambda: "".join(f"</x a={n}>甲" for n in range(300_000)),
    "forms in a form": lambda: "".join(f"<form a={n}>甲" for n in range(300_000)),
    "different cells": lambda: "甲" + "".join(f"<td id={n}>1" for n in range(MILLION)),
    "cells that reach far": lambda: "<table>甲" + ("<tr>" + "<td rowspan=100>1" * 199 + "<tr><td>2" * 99) * 500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_seconds_and_not_the_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"from reading.test_html import measured; measured({name!r})"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 10
    assert megabytes < 512


def measured(name: str) -> None:
    """Print the seconds of processor time that reading takes, and the most megabytes the process ever had."""
    page = HOSTILE[name]()
    start = time.process_time()
    document = read(page)
    seconds = time.process_time() - start
    assert "甲" in document.text
    offsets_hold(document)
    print(seconds, peak_megabytes())
