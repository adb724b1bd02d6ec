"""The manual's pages: Markdown files in ``manual/``, shown in the order of their numbers.

Links among them are written to the file (``[待办](20-desk.md)``), links into the office as ``office:bodies:people``,
pictures as ``manual/sign-in.png`` below the app's static files; a picture that has not been made is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_FOLDER = Path(__file__).parent / "manual"
_FILE = re.compile(r"(\d+)-([a-z-]+)\.md")
_PICTURES = "desk/"
_OFFICE = "office:"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a page and the anchor it can be linked by."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page, rendered. Its first line, ``# …``, is the title and not in ``html``."""

    slug: str
    title: str
    html: SafeString
    headings: tuple[Heading, ...]


@cache
def pages() -> tuple[Page, ...]:
    """All pages in their order. They are part of the program, so they are read once."""
    files = sorted(_FOLDER.glob("*.md"), key=lambda path: path.name)
    return tuple(_page(_slug(path.name) or path.stem, path.read_text("utf-8")) for path in files)


def page(slug: str) -> Page | None:
    """The page of that name, if there is one."""
    return next((one for one in pages() if one.slug == slug), None)


def _slug(name: str) -> str | None:
    found = _FILE.fullmatch(name)
    return found[2] if found else None


def _page(slug: str, text: str) -> Page:
    title, _, rest = text.partition("\n")
    # No HTML in the source; tables are the one thing that Markdown itself lacks.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(rest)
    headings = _anchored(tokens)
    tokens = _without_missing_pictures(tokens)
    for token in tokens:
        # The page's policy allows no styles in tags, which is how columns would be aligned.
        token.attrs.pop("style", None)
        if token.children:
            token.children = [_resolved(child) for child in token.children]
    html = markdown.renderer.render(tokens, markdown.options, {})
    return Page(slug, title.removeprefix("#").strip(), mark_safe(html), headings)


def _anchored(tokens: list[Token]) -> tuple[Heading, ...]:
    found: list[Heading] = []
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = f"s{len(found) + 1}"
            token.attrSet("id", anchor)
            found.append(Heading(anchor, inside.content))
    return tuple(found)


def _without_missing_pictures(tokens: list[Token]) -> list[Token]:
    """A picture stands in a paragraph of its own, which goes with it."""
    kept: list[Token] = []
    for token in tokens:
        if token.children:
            token.children = [child for child in token.children if not _is_missing(child)]
            if not token.children:
                kept.pop()  # the paragraph that it opened
                continue
        if token.type == "paragraph_close" and kept[-1].type != "inline":
            continue
        kept.append(token)
    return kept


def _is_missing(token: Token) -> bool:
    return token.type == "image" and finders.find(_PICTURES + str(token.attrGet("src"))) is None


def _resolved(token: Token) -> Token:
    if token.type == "image":
        token.attrSet("src", static(_PICTURES + str(token.attrGet("src"))))
        token.attrSet("loading", "lazy")
    elif token.type == "link_open":
        token.attrSet("href", _address(str(token.attrGet("href"))))
    return token


def _address(href: str) -> str:
    file, _, anchor = href.partition("#")
    slug = _slug(file)
    if slug:
        return reverse("desk:help_page", args=[slug]) + (f"#{anchor}" if anchor else "")
    if href.startswith(_OFFICE):
        try:
            return reverse(href.removeprefix(_OFFICE))
        except NoReverseMatch:
            return reverse("desk:home")
    return href
