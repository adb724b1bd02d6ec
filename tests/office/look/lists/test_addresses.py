"""What an address shows of a list: cases in addresses.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from office.look.conftest import Ask
from office.look.lists.library import BOOKS, LISTING

CASES = yaml.safe_load(Path(__file__).with_name("addresses.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_an_address_shows(case: dict[str, Any], ask: Ask) -> None:
    address = case["address"].replace("{nines}", "9" * 5000)
    page = LISTING.page(ask(f"/books/{address}"), BOOKS, caption="图书")
    if "numbers" in case:
        assert [row.cells[0].value for row in page.rows][: len(case["numbers"])] == case["numbers"]
    if "total" in case:
        assert page.paging.total == case["total"]
    if "columns" in case:
        assert [head.key for head in page.heads] == case["columns"]
    notes = case.get("notes", [])
    assert len(page.notes) == len(notes)
    assert all(note in said for note, said in zip(notes, page.notes, strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_every_address_is_answered_with_a_page(case: dict[str, Any], ask: Ask) -> None:
    address = case["address"].replace("{nines}", "9" * 5000)
    response = LISTING.respond(ask(f"/books/{address}"), BOOKS, title="图书")
    assert response.status_code == 200
    assert all(note in response.content.decode() for note in case.get("notes", []))  # type: ignore[attr-defined]


def test_the_links_of_a_page_keep_what_was_asked(ask: Ask) -> None:
    page = LISTING.page(
        ask("/books/?q=法&sort=-number&columns=number,title&tab=all"), BOOKS, caption="图书", keep=["tab"]
    )
    asked = "?tab=all&q=%E6%B3%95&sort=-number&columns=number,title"
    assert page.state.address() == asked
    assert page.xlsx == f"{asked}&export=xlsx"
    assert page.without_filters == "?tab=all&sort=-number&columns=number,title"
    assert page.default_columns == "?tab=all&q=%E6%B3%95&sort=-number"
    assert dict(page.hidden_for_filters) == {"tab": "all", "sort": "-number", "columns": "number,title"}
    assert dict(page.hidden_for_columns) == {"tab": "all", "sort": "-number", "q": "法"}


def test_a_head_turns_the_order_round_and_says_how_it_is(ask: Ask) -> None:
    heads = {head.key: head for head in LISTING.page(ask("/?sort=number"), BOOKS, caption="图书").heads}
    assert (heads["number"].direction, heads["number"].href) == ("ascending", "?sort=-number")
    assert (heads["title"].direction, heads["title"].href) == ("", "?sort=title")
    assert heads["kind"].href == ""


def test_the_first_cell_opens_the_row(ask: Ask) -> None:
    page = LISTING.page(ask("/?columns=title,kind"), BOOKS, caption="图书")
    assert [(cell.href, cell.opens) for cell in page.rows[0].cells] == [("/books/1/", True), ("", False)]


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 20, [1, None, 4, 5, 6, 7, 8, None, 20]),
    ],
)
def test_far_pages_are_left_out_but_never_a_single_one(
    number: int, last: int, shown: list[int | None], ask: Ask
) -> None:
    books = BOOKS * last
    page = LISTING.page(ask(f"/?page={number}"), books[: last * 10], caption="图书")
    assert [link.number for link in page.paging.links] == shown


def test_a_list_whose_filters_share_a_name_is_refused() -> None:
    from gongkai.office.look.lists import Column, Listing, Search

    with pytest.raises(ValueError, match="sort"):
        Listing(columns=[Column("a", "甲")], filters=[Search(key="sort", on=["a"])])
