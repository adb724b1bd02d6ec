"""What every template and script of the office keeps to, so that the strict Content-Security-Policy breaks no page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from shared_files import ROOT

OFFICE = ROOT / "src" / "gongkai" / "office"
LOOK = OFFICE / "look"
TEMPLATES = sorted(path for path in OFFICE.rglob("templates/**/*") if path.suffix in (".html", ".svg", ".txt"))
OWN_FILES = sorted(path for path in OFFICE.rglob("static/**/*") if path.is_file() and "vendor" not in str(path))

# Each is written so that only markup matches, not the words of a page.
FORBIDDEN = {
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "an inline style sheet": r"<style\b",
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "an event attribute": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a script address": r"javascript:",
    "an htmx expression": r"\shx-(?:on|vals=[\"']js:|headers=[\"']js:)|hx-trigger=[\"'][^\"']*\[",
}
OTHER_HOST = re.compile(r"(?:https?:)?//[\w-]+\.[\w.-]+")
# Names of markup languages, which nobody fetches.
NAMESPACES = re.compile(r"http://www\.w3\.org/[\w/]+")


def ids(path: Path) -> str:
    return str(path.relative_to(OFFICE))


def found(pattern: str, path: Path) -> list[str]:
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", path.read_text("utf-8"), flags=re.S)
    # Tags within a tag (<a{% if x %} href="…"{% endif %}>) hide its attributes from a simple pattern.
    bare = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.S)
    return re.findall(pattern, bare, flags=re.I)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert len(TEMPLATES) > 25
    assert {ids(path): hits for path in TEMPLATES if (hits := found(FORBIDDEN[what], path))} == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an inline script", "<script>x()</script>"),
        ("an inline style sheet", "<style>a{}</style>"),
        ("a style attribute", '<p{% if x %} class="y"{% endif %} style="color:red">'),
        ("an event attribute", '<a href="#" onclick="x()">'),
        ("a script address", '<a href="javascript:x()">'),
        ("an htmx expression", '<p hx-trigger="click[ctrlKey]">'),
    ],
)
def test_the_patterns_find_what_they_forbid(what: str, text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(text, "utf-8")
    assert found(FORBIDDEN[what], page)


def test_no_template_or_own_file_names_another_host() -> None:
    hits = {
        ids(path): names
        for path in (*TEMPLATES, *OWN_FILES)
        if path.suffix != ".png" and (names := OTHER_HOST.findall(NAMESPACES.sub("", path.read_text("utf-8"))))
    }
    assert hits == {}


def test_own_scripts_run_nothing_that_is_text() -> None:
    scripts = [path for path in OWN_FILES if path.suffix == ".js"]
    assert len(scripts) >= 2
    pattern = r"\beval\b|new Function|innerHTML|outerHTML|document\.write|insertAdjacentHTML"
    assert {ids(path): hits for path in scripts if (hits := re.findall(pattern, path.read_text("utf-8")))} == {}


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=ids)
def test_every_template_is_sound(path: Path) -> None:
    get_template(str(path).split("/templates/", 1)[1])


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    there = set((LOOK / "icons.txt").read_text("utf-8").split())
    named = {name for path in TEMPLATES for name in re.findall(r"{%\s*icon \"([^\"]+)\"", path.read_text("utf-8"))}
    named |= {
        name for path in OFFICE.rglob("*.py") for name in re.findall(r"icon=\"([^\"]+)\"", path.read_text("utf-8"))
    }
    assert len(named) > 15
    assert named - there == set()


def test_every_class_of_the_look_that_a_template_uses_is_in_the_style_sheet() -> None:
    style = (LOOK / "static" / "look" / "look.css").read_text("utf-8")
    there = set(re.findall(r"\.(look-[\w-]+)", style))
    used = {
        name
        for path in LOOK.rglob("templates/**/*.html")
        for classes in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}", " ", path.read_text("utf-8")))
        for name in re.findall(r"(?<![\w-])look-[\w-]+(?![\w-]|{{)", classes)
    }
    assert len(used) > 40
    assert used - there == set()
