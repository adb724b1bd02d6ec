"""What the components show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone
from office.look.conftest import Ask
from selectolax.lexbor import LexborHTMLParser as Parser

from gongkai.office.look.badges import TONES, Badge, clock_badge
from gongkai.office.look.cards import Card
from gongkai.office.look.components import (
    Cell,
    Fact,
    FigureTable,
    FileItem,
    Masked,
    Progress,
    TimelineEntry,
    UnderWay,
)
from gongkai.office.look.progress import render_progress


def shown(markup: str, **context: Any) -> Parser:
    return Parser(Template("{% load look %}" + markup).render(Context(context)))


@pytest.mark.parametrize(
    ("days", "text", "tone"),
    [
        (20, "还剩20个工作日", "good"),
        (6, "还剩6个工作日", "good"),
        (5, "还剩5个工作日", "caution"),
        (3, "还剩3个工作日", "caution"),
        (2, "还剩2个工作日", "urgent"),
        (0, "今日到期", "urgent"),
        (-1, "逾期1个工作日", "bad"),
    ],
)
def test_a_clock_says_its_days_in_words_and_colour(days: int, text: str, tone: str) -> None:
    assert clock_badge(days) == Badge(text, tone)  # type: ignore[arg-type]


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_always_comes_with_words(tone: str) -> None:
    page = shown("{% badge '状态' tone %}{% alert '内容' tone %}", tone=tone)
    assert [node.text(strip=True) for node in page.css(f".look-tone-{tone}")] == ["状态", "内容"]


def test_what_people_typed_is_escaped_everywhere() -> None:
    bad = "<script>x</script>"
    page = shown(
        "{% facts f %}{% timeline t %}{% files i %}{% figures g %}{% card c %}{% badge b %}"
        "{% alert bad %}{% progress p %}",
        bad=bad,
        b=Badge(bad),
        f=[Fact(bad, bad, note=bad), Fact("x", Masked(bad, "/x/", bad))],
        t=[TimelineEntry(date(2024, 1, 26), bad, bad, bad, bad, bad)],
        i=[FileItem(bad, warnings=[bad], who=bad, kind=bad)],
        g=FigureTable(bad, [[Cell(bad)]], [[Cell(bad, note=bad)]], bad),
        c=Card(bad, empty=bad),
        p=Progress(bad, "running", text=bad),
    )
    assert page.css("script") == []
    assert page.body is not None
    assert page.body.text().count(bad) > 15


def test_the_timeline_tells_when_who_what_and_why() -> None:
    entry = TimelineEntry(
        datetime(2024, 1, 26, 7, 4, tzinfo=UTC),
        "要求补正",
        "李立新",
        "承办人",
        "申请内容不明确",
        "条例第三十条",
        "caution",
    )
    item = shown("{% timeline entries %}", entries=[entry]).css_first("li")
    text = " ".join(item.text().split())
    assert text == "2024年1月26日 15:04要求补正李立新（承办人） 申请内容不明确 理由：条例第三十条"
    assert item.attributes["class"] == "look-tone-caution"


def test_nothing_in_a_fact_is_a_dash_and_no_is_a_word() -> None:
    rows = [Fact("传真", None), Fact("公开", False), Fact("件数", 0), Fact("日期", date(2024, 1, 26))]
    page = shown("{% facts rows %}", rows=rows)
    assert [node.text(strip=True) for node in page.css("dd")] == ["—", "否", "0", "2024年1月26日"]


def test_a_masked_value_is_read_by_posting_and_only_by_those_who_may() -> None:
    page = shown("{% masked value %}", value=Masked("4301****1234", "/read/", "证件号码"), csrf_token="t")
    form = page.css_first("form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/read/")
    assert form.css_first("[name=csrfmiddlewaretoken]").attributes["value"] == "t"
    assert "证件号码" in form.css_first("button").attributes["aria-label"]
    assert shown("{% masked value %}", value=Masked("4301****1234")).css("form") == []


def test_a_blank_figure_is_not_zero() -> None:
    table = FigureTable("表", [[Cell("列", colspan=2)]], [[Cell(None), Cell(0, mark="cell-1")]])
    page = shown("{% figures table %}", table=table)
    assert [node.text() for node in page.css("td")] == ["", "0"]
    assert page.css_first("td#cell-1").attributes["tabindex"] == "-1"
    assert page.css_first("th").attributes["colspan"] == "2"


def test_hidden_content_of_a_file_is_listed_openly() -> None:
    page = shown(
        "{% files items %}", items=[FileItem("表.xlsx", size=2048, warnings=["隐藏的工作表：“名单”", "批注 3 条"])]
    )
    assert "2 KB" in page.css_first("li").text()
    assert "open" in page.css_first("details").attributes
    assert [node.text() for node in page.css("details li")] == ["隐藏的工作表：“名单”", "批注 3 条"]


def test_a_job_under_way_asks_again_and_a_finished_one_does_not() -> None:
    running = Progress("读取", "running", 3, 10, poll="/jobs/1/", refresh="/reports/")
    node = shown("{% progress job %}", job=running).css_first(".look-progress")
    assert node.attributes["hx-get"] == "/jobs/1/"
    assert node.css_first("progress").attributes["value"] == "3"
    assert node.css_first("a").attributes["href"] == "/reports/"
    done = shown("{% progress job %}", job=Progress("读取", "done", 10, 10, poll="/jobs/1/", result="/reports/1/"))
    assert "hx-get" not in done.css_first(".look-progress").attributes
    assert done.css_first("a").attributes["href"] == "/reports/1/"


def test_a_job_of_unknown_length_claims_no_share() -> None:
    bar = shown("{% progress job %}", job=Progress("读取", "waiting")).css_first("progress")
    assert "value" not in bar.attributes


def test_the_address_of_a_job_gives_the_component_to_htmx_and_leads_everybody_else_to_the_page(ask: Ask) -> None:
    job = Progress("读取", "running", poll="/jobs/1/", refresh="/reports/")
    part = render_progress(ask("/jobs/1/", **{"HX-Request": "true"}), job)
    assert part.content.decode().startswith('<div class="look-progress"')
    page = render_progress(ask("/jobs/1/"), job)
    assert (page.status_code, page["Location"]) == (302, "/reports/")


def test_a_page_that_shows_the_result_itself_is_loaded_anew_at_the_end_and_no_other(ask: Ask) -> None:
    def header(state: str, result: str) -> str | None:
        job = Progress("读取", state, poll="/jobs/1/", refresh="/reports/", result=result)  # type: ignore[arg-type]
        return render_progress(ask("/jobs/1/", **{"HX-Request": "true"}), job).get("HX-Refresh")

    assert [header(state, "/reports/") for state in ("running", "done", "failed")] == [None, "true", "true"]
    assert [header("done", result) for result in ("", "/reports/1/")] == [None, None]


def test_in_its_first_seconds_a_job_is_asked_after_often() -> None:
    def asks(seconds: int) -> str | None:
        job = Progress("读取", "running", poll="/jobs/1/", since=timezone.now() - timedelta(seconds=seconds))
        return shown("{% progress job %}", job=job).css_first(".look-progress").attributes["hx-trigger"]

    assert (asks(1), asks(60)) == ("every 400ms", "every 2s")


def test_a_job_that_may_be_stopped_has_its_button_beside_the_part_that_is_asked_anew() -> None:
    one = UnderWay(Progress("读取", "running", poll="/jobs/1/"), "/jobs/1/stop/")
    page = shown("{% under_way one %}", one=one)
    assert page.css_first("form").attributes["action"] == "/jobs/1/stop/"
    assert not page.css(".look-progress form")


def test_a_card_leads_to_the_list_behind_its_count_and_says_when_there_is_nothing() -> None:
    page = shown("{% card one 3 %}", one=Card("待我审核", 2, "/list/?state=review"))
    assert page.css_first("h3 a").attributes["href"] == "/list/?state=review"
    assert page.css_first(".look-card-count").text() == "2"
    many = shown("{% card one %}", one=Card("逾期", 1000, or_more=True))
    assert many.css_first(".look-card-count").text() == "1000以上"
    assert "没有待办" in shown("{% card one %}", one=Card("待我审核", 0, empty="没有待办")).css_first("h2 + p").text()
