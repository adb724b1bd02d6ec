"""Navigation by work, the person in the frame, and the cards that apps offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import override_settings
from django.urls import path
from office.look.conftest import Ask
from selectolax.lexbor import LexborHTMLParser as Parser

from gongkai.office.look import cards, frame, navigation
from gongkai.office.look.cards import Card
from gongkai.office.look.frame import Action, PersonLine, Tab, describe_person_with
from gongkai.office.look.navigation import Entry


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("desk/", view, name="desk"),
    path("admin/people/", view, name="people"),
    path("admin/", view, name="bodies"),
    path("leave/", view, name="account_logout"),
]
ENTRIES = (
    Entry("人员", "people", "admin", shown=lambda request: True),
    Entry("机构", "bodies", "admin", order=10, shown=lambda request: True),
    Entry("待办", "desk", "desk", shown=lambda request: True),
    Entry("密件", "desk", "registers", shown=lambda request: False),
    Entry("未来", "nowhere", "reports", shown=lambda request: True),
)


@pytest.fixture(autouse=True)
def _addresses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "offered", lambda module, name: (ENTRIES,))
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_entries_stand_in_their_sections_in_order(ask: Ask) -> None:
    groups = navigation.navigation(ask("/desk/"))
    assert [(group.label, [link.label for link in group.links]) for group in groups] == [
        ("待办", ["待办"]),
        ("管理", ["机构", "人员"]),
    ]


@pytest.mark.parametrize(
    ("address", "current"), [("/admin/people/7/", "人员"), ("/admin/x/", "机构"), ("/desk/", "待办"), ("/else/", None)]
)
def test_the_entry_that_fits_best_is_current(address: str, current: str | None, ask: Ask) -> None:
    links = [link for group in navigation.navigation(ask(address)) for link in group.links]
    assert [link.label for link in links if link.current] == ([current] if current else [])


def test_an_entry_that_leads_nowhere_is_not_shown_and_is_named() -> None:
    assert [entry.label for entry in navigation.entries_without_address()] == ["未来"]


def test_an_entry_of_a_section_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Entry("某", "desk", "nonsense")


def test_the_frame_shows_who_is_there_and_signs_out_by_posting(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "_describe", frame._describe)
    describe_person_with(lambda request: PersonLine("张敏", "县财政局　审核人", "/me/"))
    response = render(
        ask("/admin/"),
        "look/base.html",
        {
            "title": "机构",
            "breadcrumbs": [("管理", "/admin/")],
            "actions": [Action("新增", "/new/", primary=True)],
            "tabs": [Tab("在用", "?", True, 3)],
        },
    )
    page = Parser(response.content.decode())
    assert page.css_first(".look-person a").attributes["href"] == "/me/"
    assert page.css_first(".look-person-role").text() == "县财政局　审核人"
    leave = page.css_first(".look-person form")
    assert (leave.attributes["method"], leave.attributes["action"]) == ("post", "/leave/")
    assert page.css_first("[aria-current=page][href='/admin/']").text(strip=True) == "机构"
    assert [li.text() for li in page.css(".look-crumbs li")] == ["管理", "机构"]
    assert page.css_first(".look-tools a").text(strip=True) == "新增"
    assert page.css_first("title").text() == "机构 · 政府信息公开"


def test_every_page_warns_against_state_secrets_and_begins_with_a_way_past_the_frame(ask: Ask) -> None:
    for template in ("look/base.html", "look/plain.html"):
        page = Parser(render(ask("/"), template, {"title": "题"}).content.decode())
        assert page.css_first("header .look-banner").text() == "本系统不得存储、处理国家秘密"
        assert page.css_first("body > a").attributes["href"] == "#content"
        assert page.css_first("main#content h1").text() == "题"


def test_an_error_page_needs_no_request() -> None:
    from django.template.loader import render_to_string

    page = Parser(render_to_string("look/plain.html", {"title": "出错了"}))
    assert page.css_first(".look-banner").text() == "本系统不得存储、处理国家秘密"
    assert page.css_first(".look-brand").attributes["href"] == "/"


def test_cards_come_from_all_apps_by_group_and_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def first(actor: Any) -> list[Card]:
        asked.append(actor)
        return [Card("乙", 1, order=20), Card("迟", 1, group="late")]

    def second(actor: Any) -> Iterator[Card]:
        yield Card("甲", 0, order=10)

    monkeypatch.setattr(cards, "offered", lambda module, name: (first, second))
    found = cards.collect("张敏")
    assert {group: [card.title for card in there] for group, there in found.items()} == {
        "waiting": ["甲", "乙"],
        "late": ["迟"],
    }
    assert asked == ["张敏"]


def test_a_card_of_a_group_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Card("某", group="nonsense")
