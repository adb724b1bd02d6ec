"""Titles, chapters, dates and names are cut out of running text; what a page puts around it stays out."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai import reading
from gongkai.reading.metadata import day_in, kind_of
from gongkai.report import load_form

CHAPTERS = load_form("2021").chapters
PROSE = {
    "overview": "全局把公开工作列入月度例会，按季清点栏目。",
    "problems": "个别栏目更新偏慢，明年由专人按周检查。",
    "other": "本年度没有收取信息处理费。",
}


def text(titles: dict[str, str] | None = None, before: str = "", after: str = "", number: str = "{}、{}") -> str:
    lines = ["丰泽县林业局2023年政府信息公开工作年度报告", before]
    for chapter, numeral in zip(CHAPTERS, "一二三四五六", strict=True):
        title = (titles or {}).get(chapter.key, chapter.title)
        lines += [number.format(numeral, title), PROSE.get(chapter.key, "")]
    return "\n".join([*lines, after])


def keys(source: str) -> list[str | None]:
    return [chapter.key for chapter in reading.open(source).chapters]


ALL = [chapter.key for chapter in CHAPTERS]


@pytest.mark.parametrize(
    "number", ["{}、{}", "{}、 {}", "{}.{}", "{}．{}", "## {}、{}", "**{}、{}**", "  {}、{}。", "第{}部分 、{}"]
)
def test_chapters_are_cut_however_they_are_numbered(number: str) -> None:
    report = reading.open(text(number=number))
    assert [chapter.key for chapter in report.chapters] == ALL
    assert {c.key: c.text for c in report.chapters if c.text} == PROSE


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.key)
def test_every_variant_of_a_title_opens_its_chapter_and_is_kept_as_printed(chapter: object) -> None:
    for variant in chapter.variants:  # type: ignore[attr-defined]
        report = reading.open(text({chapter.key: variant}))  # type: ignore[attr-defined]
        assert [c.key for c in report.chapters] == ALL, variant
        assert report.chapters[chapter.number - 1].title == variant  # type: ignore[attr-defined]


def test_a_heading_may_run_on_into_its_text() -> None:
    source = text().replace("其他需要报告的事项\n", "其他需要报告的事项：")
    report = reading.open(source)
    assert [c.key for c in report.chapters] == ALL
    last = report.chapters[-1].paragraphs[0]
    assert last.text == PROSE["other"]
    assert source[last.start : last.end] == last.text


def test_a_chapter_of_its_own_keeps_its_place_without_a_key() -> None:
    assert keys(text({"problems": "工作亮点"})) == [*ALL[:4], None, "other"]


def test_a_missing_chapter_is_missing_and_not_guessed() -> None:
    assert keys(text().replace("五、存在的主要问题及改进情况\n", "")) == [*ALL[:4], "other"]


def test_a_heading_printed_twice_is_there_twice() -> None:
    assert keys(text().replace("一、总体情况", "一、总体情况\n\n一、总体情况")) == ["overview", *ALL]


def test_a_table_of_contents_is_not_the_chapters() -> None:
    contents = "目录\n" + "\n".join(f"{n}、{c.title}" for n, c in zip("一二三四五六", CHAPTERS, strict=True))
    report = reading.open(text(before=contents))
    assert [c.key for c in report.chapters] == ALL
    assert report.chapters[0].text == PROSE["overview"]


def test_numbered_items_inside_a_chapter_are_no_chapters() -> None:
    source = text().replace(
        PROSE["overview"], "（一）主动公开\n1.主动公开情况\n公开信息若干。\n一是加强领导，二是细化分工。"
    )
    assert keys(source) == ALL


CHROME = [
    "字号：大 中 小",
    "收藏",
    "打印本页",
    "【打印】",
    "您的位置：首页 > 政务公开 > 年报",
    "浏览次数：120",
    "分享到：",
    "X",
    "- 3 -",
    "附件下载：",
]


@pytest.mark.parametrize("line", CHROME)
def test_what_a_page_puts_around_a_report_does_not_reach_the_text(line: str) -> None:
    report = reading.open(text(before=line, after=line))
    everything = [p.text for p in report.preface + report.signature] + [c.text for c in report.chapters]
    assert not any(line in words for words in everything)


def test_nothing_after_the_footer_of_the_site_is_read() -> None:
    report = reading.open(text(after="温馨提示：\n本站使用省级账号登录。\n版权所有：某处"))
    assert report.chapters[-1].text == PROSE["other"]


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        ("丰泽县林业局2023年政府信息公开工作年度报告", "丰泽县林业局", 2023),
        ("丰泽县林业局\n2023年政府信息公开工作年度报告", "丰泽县林业局", 2023),
        ("丰泽县林业局2023年政府信息\n公开年度报告", "丰泽县林业局", 2023),
        ("丰泽县林业局 2023 年度政府信息公开工作年报", "丰泽县林业局", 2023),
        ("2023年丰泽县林业局政府信息公开工作年度报告", "丰泽县林业局", 2023),
        ("关于丰泽县林业局2023年政府信息公开工作的报告", "关于丰泽县林业局", 2023),
        ("丰泽县林业局二〇二三年政府信息公开工作年度报告", "丰泽县林业局", 2023),
    ],
)
def test_a_title_gives_the_body_and_the_year(lines: str, agency: str, year: int) -> None:
    report = reading.open(text().replace("丰泽县林业局2023年政府信息公开工作年度报告", lines))
    assert (report.agency, report.year) == (agency.removeprefix("关于"), year)
    assert report.title_place is not None
    assert report.preface == ()


def test_the_lines_about_a_page_give_dates_and_index_number() -> None:
    before = "来源：丰泽县林业局 发布时间：2024-01-19 09:30\n索引号：115/2024-00017　主题分类：综合政务"
    report = reading.open(text(before=before, after="丰泽县林业局\n2024年1月18日"))
    assert (report.published_on, report.signed_on) == (date(2024, 1, 19), date(2024, 1, 18))
    assert report.index_number == "115/2024-00017"
    assert [p.text for p in report.signature] == ["丰泽县林业局", "2024年1月18日"]
    assert report.chapters[-1].text == PROSE["other"]


def test_metadata_of_a_page_stand_in_for_what_its_text_does_not_say() -> None:
    page = "<html><head><meta name='ArticleTitle' content='丰泽县林业局2023年政府信息公开工作年度报告'>"
    page += "<meta name='PubDate' content='2024-01-19 10:00'></head><body><p>一、总体情况</p><p>略。</p></body></html>"
    report = reading.open(page)
    assert (report.agency, report.year, report.published_on) == ("丰泽县林业局", 2023, date(2024, 1, 19))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024年1月26日", date(2024, 1, 26)),
        ("2024-01-26 10:00", date(2024, 1, 26)),
        ("２０２４．１．２６", date(2024, 1, 26)),
        ("二〇二四年一月二十六日", date(2024, 1, 26)),
        ("二○二四年十二月三十一日", date(2024, 12, 31)),
        ("2024年 1 月 26 日", date(2024, 1, 26)),
        ("20240126", None),
        ("2024年2月31日", None),
        ("2024年1月", None),
    ],
)
def test_a_date_is_read_whole_or_not_at_all(words: str, day: date | None) -> None:
    assert day_in(words) == day


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("丰泽县人民政府", "county_government"),
        ("东川市青山区人民政府", "county_government"),
        ("阳坡自治县", "county_government"),
        ("丰泽县人民政府办公室", "government_office"),
        ("县政府办", "government_office"),
        ("丰泽县林业局", "department"),
        ("丰泽县发展和改革委员会", "department"),
        ("大桥镇人民政府", "township"),
        ("石门乡人民政府", "township"),
        ("城东街道办事处", "subdistrict"),
        ("丰泽县机关事务服务中心", "authorised_organisation"),
        ("甲乙丙", None),
    ],
)
def test_the_end_of_a_name_says_what_kind_of_body_it_is(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind
