"""A page read from its tags alone is read as the parser's tree reads it, or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading.layouts import FORM, LAYOUTS
from reading.test_html import LAYOUTS as PAGES
from reading.test_html import LONG
from reading.word_page import word_page

from gongkai.reading.html import _by_tree, chrome
from gongkai.reading.html.marked import assemble
from gongkai.reading.html.straight import straight

# What pages are made of; what the parser treats by rules of its own; what is no tag at all.
TAGS = """
    div p span table tr td th tbody thead ul ol li dl dt dd h1 h2 br form nav header footer button section a b font o:p
    center select option textarea iframe script style noscript colgroup col caption input img title body html head meta
    label pre svg template frameset fieldset article main dialog details marquee object ucap hr
"""
ORDERLY = "div p span h1 section nav header footer form center button iframe select noscript font o:p"
ATTRIBUTES = """


 class="a"
 class="nav"
 class='share x'
 id=head
 style="display:none"
 hidden
 type="hidden"
 rowspan="2"
 colspan=3
 rowspan="0" colspan=2
 title="a>b"
 class="a" class="nav"
 x="&amp;"
class="nav"
 a=b=c
 /
 content="c" name="n"
 CLASS="Menu"
 rowspan="&#50;"
 x="y"""
PLAIN = ["", "", "", " ", "\n", "字", "12", "本年新收", "2023年政府信息公开报告", "&nbsp;"]
ODD = """&lt;
&#20013;
&#2;
&ampx
<!-- 注 -->
<!-- <p> -->
<!--[if x]>隐<![endif]-->
<![if x]>
a > b
a < b
<3
\xa0
\x1d
\ufeff
<script>if(a<b)x('</td>')</script>
<style>a>b{}</style>
<script><!-- <script> </script> --></script>
-->"""
attributes = st.one_of(st.just(""), st.sampled_from(ATTRIBUTES.splitlines()))
start = st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), attributes)
end = st.sampled_from(TAGS.split()).map("</{}>".format)
words = st.one_of(st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(ODD.split("\n")))


def element(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def dressed(name: str) -> st.SearchStrategy[str]:
        return st.builds(f"<{name}{{}}>{{}}</{name}>".format, attributes, content)

    def several(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.lists(inner | st.sampled_from(["", " ", "\n"]), max_size=4).map("".join)

    def wrapped(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(f"<{name}{{}}>{{}}</{name}>".format, attributes, several(inner))

    cells = st.sampled_from(["td", "th"]).flatmap(dressed)
    rows = wrapped("tr", cells)
    table = wrapped("table", rows | wrapped("tbody", rows))
    listed = wrapped("ul", dressed("li")) | wrapped("dl", dressed("dt") | dressed("dd"))
    return several(st.sampled_from(ORDERLY.split()).flatmap(dressed) | table | listed | words)


whole = st.recursive(words, element, max_leaves=25)
heads = st.sampled_from(
    [
        "",
        "<body>",
        "<html><head><meta name='a' content='b&amp;c'><title>题 &amp; 目</title></head><body>",
        "<html><head><script>x</script><style>a{}</style></head>\n<body class='x'>",
        "<title>题</title>",
    ]
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page in order, with up to three tags or ends taken out, put in or written large."""
    page = draw(heads) + "".join(draw(st.lists(whole, max_size=4)))
    for _ in range(draw(st.integers(0, 3))):
        places = [match.span() for match in re.finditer("<[^<>]*>", page)]
        begin, close = draw(st.sampled_from(places)) if places else (0, 0)
        new = draw(st.one_of(st.just(""), start, end, words, st.just(page[begin:close].upper())))
        page = page[:begin] + new + page[close if draw(st.booleans()) else begin :]
    return page


def read(found: tuple[dict[str, str], str]) -> Any:
    about, marked = found
    return about, assemble(chrome.drop(marked), chrome.is_chrome_line)


def alike(page: str) -> bool:
    """Whether the page was read without a tree; what was read then must be the same."""
    found = straight(page)
    if found is not None:
        assert read(found) == read(_by_tree(page, [])), page
    return found is not None


@settings(max_examples=400, deadline=None)
@given(pages())
@example("<table><tr><td>1<td>2<tr>字<td>3</table>")
@example("<div><li>甲<div><li>乙</div></div>")
@example("<p><noscript><p>甲</noscript>乙")
@example("<html><head><title>题<input></title></head><body>甲</body></html>")
@example("<html><head><title><img>题</title></head><body>甲</body></html>")
@example("<form class=nav>甲<form>乙</form>丙</form>丁")
@example("<!-- <!-- 注 --> -->")
@example("<!doctype html>甲>乙")
def test_pages_of_any_make_are_read_as_the_tree_reads_them(page: str) -> None:
    alike(page)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(start, end, words), max_size=30).map("".join))
def test_heaps_of_tags_are_read_as_the_tree_reads_them(page: str) -> None:
    alike(page)


@pytest.mark.parametrize("name", PAGES)
def test_pages_as_they_are_met_are_read_as_the_tree_reads_them(name: str) -> None:
    alike(PAGES[name]["html"].replace("{long}", LONG))


@pytest.mark.parametrize("name", [name for name in LAYOUTS if "html" in name or "word" in name])
def test_the_layouts_of_the_form_need_no_tree(name: str) -> None:
    assert alike(LAYOUTS[name](dict.fromkeys(FORM.cells, "0")))


def test_a_page_pasted_from_word_needs_no_tree() -> None:
    assert alike(word_page())
