"""docs/office/look.md: its Python runs, and it names every tag that there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from office.look.conftest import Ask
from shared_files import ROOT

from gongkai.office.look.cards import Card
from gongkai.office.look.templatetags.look import register

PAGE = (ROOT / "docs" / "office" / "look.md").read_text("utf-8")


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What the page's code declares, run from top to bottom."""
    space: dict[str, Any] = {"__name__": "look_docs"}
    for block in re.findall(r"```python\n(.*?)```", PAGE, flags=re.S):
        exec(block, space)
    return space


def test_the_form_of_the_page_is_shown_with_its_errors(names: dict[str, Any], ask: Ask) -> None:
    page = names["move"](ask("/move/", post={"body": "县财政局", "since": "", "reason": " "})).content.decode()
    assert 'value="县财政局"' in page
    assert "请填写日期" in page
    assert "请写明理由" in page


def test_the_list_of_the_page_is_shown(names: dict[str, Any], ask: Ask) -> None:
    listing = names["PEOPLE"]
    page = listing.respond(ask("/people/?role=signer&columns=name"), [], title="人员").content.decode()
    assert "没有符合条件的记录" in page
    assert "角色：签发人" in page


def test_the_cards_and_entries_of_the_page_are_such(names: dict[str, Any]) -> None:
    assert [type(card) for card in names["cards"](None)] == [Card]
    assert [entry.label for entry in names["ENTRIES"]] == ["人员"]


def test_every_tag_and_filter_is_named() -> None:
    # A part of forms and lists rather than of a page.
    inner = {"form_groups", "is_masked"}
    written = {*re.findall(r"{% (\w+)", PAGE), *re.findall(r"`(\w+)`", PAGE)}
    assert {*register.tags, *register.filters} - inner - written == set()
