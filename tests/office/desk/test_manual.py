"""The manual inside the office: open to all, every link leads somewhere, nothing in it that the policy forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from gongkai.office import desk
from gongkai.office.desk.manual_pages import _page, page, pages

FOLDER = Path(desk.__file__).parent / "manual"
SOURCES = sorted(FOLDER.glob("*.md"))


@pytest.mark.django_db
def test_who_is_not_signed_in_may_read_it(client: Client) -> None:
    contents = client.get("/help/").content.decode()
    for one in pages():
        assert one.title in contents
        assert one.title in client.get(f"/help/{one.slug}/").content.decode()


@pytest.mark.django_db
def test_another_name_is_not_found(client: Client) -> None:
    assert client.get("/help/nonsense/").status_code == 404


def test_the_chapters_are_those_of_the_office_in_their_order() -> None:
    assert [one.title for one in pages()] == [
        "登录与密码",
        "待办",
        "机关与人员",
        "依申请公开",
        "角色与代行",
        "分析：上传核对",
        "操作日志",
        "常见问题",
    ]


@pytest.mark.parametrize("one", pages(), ids=lambda one: one.slug)
def test_every_link_leads_to_a_page_of_the_office(one: object) -> None:
    for link in LexborHTMLParser(one.html).css("a"):  # type: ignore[attr-defined]
        href = str(link.attributes["href"])
        assert href.startswith("/"), href
        from django.urls import resolve

        resolve(href.partition("#")[0])


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_address_in_the_source_exists(source: Path) -> None:
    text = source.read_text("utf-8")
    for name in re.findall(r"\]\(office:([\w:]+)\)", text):
        assert reverse(name)
    for file in re.findall(r"\]\(([\w-]+\.md)", text):
        assert (FOLDER / file).exists()


@pytest.mark.parametrize("one", pages(), ids=lambda one: one.slug)
def test_nothing_in_it_needs_a_style_or_a_script_of_its_own(one: object) -> None:
    html = str(one.html)  # type: ignore[attr-defined]
    assert not re.search(r"style=|<script|on\w+=", html)


def test_html_in_a_source_stays_text() -> None:
    assert "<b>" not in _page("x", "# 标题\n\n<b>粗</b>").html


def test_headings_can_be_linked_to() -> None:
    one = _page("x", "# 标题\n\n## 甲\n\n文\n\n## 乙\n")
    assert [(heading.anchor, heading.text) for heading in one.headings] == [("s1", "甲"), ("s2", "乙")]
    assert '<h2 id="s2">乙</h2>' in one.html


def test_a_picture_that_is_there_is_shown_and_one_that_is_not_is_left_out(tmp_path: Path, settings: object) -> None:
    from django.contrib.staticfiles import finders

    (tmp_path / "desk" / "manual").mkdir(parents=True)
    (tmp_path / "desk" / "manual" / "there.png").write_bytes(b"x")
    settings.STATICFILES_DIRS = [tmp_path]  # type: ignore[attr-defined]
    finders.get_finder.cache_clear()
    try:
        html = _page("x", "# 标题\n\n![有](manual/there.png)\n\n![没有](manual/missing.png)\n").html
    finally:
        finders.get_finder.cache_clear()
    assert '<img src="/static/desk/manual/there.png" alt="有" loading="lazy"' in html
    assert "missing" not in html
    assert html.count("<p>") == html.count("</p>") == 1


def test_a_table_has_head_cells() -> None:
    rights = page("rights")
    assert rights is not None
    assert "<th>角色</th>" in rights.html
