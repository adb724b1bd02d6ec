"""HTML for the portal: exact for programs, complete for screen readers, harmless."""

from __future__ import annotations

from datetime import date

import pytest
from rendering.reports import build, county, damaged
from selectolax.lexbor import LexborHTMLParser

from gongkai.rendering import render
from gongkai.report import load_form


def page(report: object) -> LexborHTMLParser:
    return LexborHTMLParser(render(report, "html").decode())  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [2020, 2023])
def test_every_value_carries_its_key(year: int) -> None:
    cells = page(county(year=year)).css("td[data-key]")
    assert sorted(str(c.attributes["data-key"]) for c in cells) == sorted(
        load_form("2019" if year == 2020 else "2021").cells
    )


def test_values_stand_as_they_are() -> None:
    tree = page(damaged())
    texts = {c.attributes["data-key"]: c.text() for c in tree.css("td[data-key]")}
    assert texts["applications.denied_process.research"] == ""
    assert texts["applications.denied_process.other"] == "/"
    assert texts["applications.granted.business"] == "-"
    assert texts["proactive.fees.amount_10k_cny"] == "84.6700"
    assert texts["applications.received.total"] == ""


def test_tables_have_captions_and_heads_with_scope() -> None:
    tree = page(county())
    assert [c.text() for c in tree.css("table > caption")] == [t.title for t in load_form("2021").tables.values()]
    assert all(c.attributes.get("scope") in {"col", "colgroup", "row", "rowgroup"} for c in tree.css("th"))
    assert len(tree.css("table.applications thead tr")) == 3


def test_the_page_says_what_it_is() -> None:
    report = county()
    report.published_on, report.index_number = date(2024, 3, 28), "X01-2024-0003"
    metas = {m.attributes["name"]: m.attributes["content"] for m in page(report).css("meta[name]")}
    assert metas["ArticleTitle"] == report.title
    assert metas["PubDate"] == "2024-03-28 00:00"
    assert metas["ContentSource"] == report.agency
    assert metas["IndexNumber"] == "X01-2024-0003"
    assert all(metas.values())


def test_nothing_in_a_report_becomes_markup() -> None:
    evil = '<script>alert(1)</script> & "quoted" <b onclick=x>'
    report = build(agency='青禾县<img src=x>"局', kind="department", prose={"overview": [evil]})
    report.index_number = '"><script>'
    tree = page(report)
    assert not tree.css("script, img, b, [onclick]")
    assert any(p.text() == evil for p in tree.css("p"))


def test_the_page_needs_nothing_else() -> None:
    tree = page(county())
    assert not tree.css("script, link, img, iframe")
    style = tree.css_first("style")
    assert style is not None
    assert "url(" not in style.text()
    assert "@media print" in style.text()
