"""Reports made up for tests: plausible bodies, prose and figures, with every offset in ``Report.text`` true.

``build`` makes one report from given parts; ``reports()`` is the hypothesis strategy over zeros, large figures, long
prose and unread cells, in both forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.figures import BLANK, NULL_MARK, Figure, Place, unread
from gongkai.report import Chapter, Form, Report, form_for_year, load_form
from gongkai.report.model import Paragraph

BODIES = {
    "county_government": ("青禾县人民政府", "临溪县人民政府", "白石口自治县人民政府"),
    "department": ("青禾县农业农村局", "临溪县卫生健康局", "青禾县住房和城乡建设局"),
    "government_office": ("青禾县人民政府办公室", "临溪县人民政府办公室"),
    "township": ("柳树沟镇人民政府", "上河乡人民政府"),
}
_SENTENCES = (
    "全年按照工作要点逐项落实公开任务，及时更新机构职能和办事指南。",
    "对群众关心的教育、医疗和就业事项，做到发布与解读同步。",
    "明确专人负责栏目维护，每季度自查一次，发现错漏随即改正。",
    "组织业务培训两期，各股室信息员全部参加。",
    "网站设有“政策问答”专栏，方便群众按主题查找。",
    "对拟公开的文件逐件进行保密审查，未发生失泄密情况。",
    "下一步将把公开要求写进办文流程，减少事后补录。",
    "个别栏目更新不够及时，信息员岗位变动较多。",
)
_ASPECTS = ("主动公开情况", "依申请公开情况", "政府信息管理情况", "平台建设情况", "监督保障情况")
_NUMERALS = "一二三四五六七八九"


def write(value: int | Decimal, signed: bool = False) -> str:
    return f"+{value}" if signed and value > 0 else format(value, "f") if isinstance(value, Decimal) else str(value)


def balanced(form: Form, scale: int = 0) -> dict[str, int | Decimal]:
    """Figures that agree with each other, all in proportion to ``scale`` (0: a body to which nothing happened)."""
    values: dict[str, int | Decimal] = {}
    for key in form.tables["proactive"].cells:
        column = form.tables["proactive"].columns[key.rpartition(".")[2]]
        values[key] = scale * (2 + len(key) % 7)
        if column.decimals:
            values[key] = Decimal(scale * 37) / 100
    table = form.tables["applications"]
    people = [c for c in table.columns if c != "total"]
    for index, column in enumerate(people):
        for row in table.rows.values():
            values[f"applications.{row.key}.{column}"] = 0
        share = scale // (index * index + 1)
        parts = {"granted": share // 2, "denied_third_party": share // 5, "unavailable_not_held": share // 4}
        total = sum(parts.values())
        values |= {f"applications.{row}.{column}": value for row, value in parts.items()}
        values[f"applications.total.{column}"] = total
        values[f"applications.received.{column}"] = total + share // 10
        values[f"applications.carried_out.{column}"] = share // 10
    for row in table.rows:
        values[f"applications.{row}.total"] = sum(values[f"applications.{row}.{c}"] for c in people)
    for index, row in enumerate(form.tables["remedies"].rows):
        parts = [scale // (90 + 40 * index), scale // 300, scale // 500, scale // 400]
        values |= {
            f"remedies.{row}.{c}": v
            for c, v in zip(("upheld", "corrected", "other", "pending", "total"), (*parts, sum(parts)), strict=True)
        }
    return values


def build(
    agency: str = "青禾县人民政府办公室",
    kind: str = "government_office",
    year: int = 2023,
    *,
    figures: Mapping[str, Figure] | None = None,
    values: Mapping[str, int | Decimal] | None = None,
    prose: Mapping[str, Sequence[str]] | None = None,
    preface: Sequence[str] = (),
    signed_on: date | None = None,
) -> Report:
    """A report on ``year``; ``values`` become read figures, ``figures`` stand over them, the rest are 0."""
    form = form_for_year(year)
    prose = prose if prose is not None else {"overview": _SENTENCES[:2], "problems": _SENTENCES[6:], "other": ("无。",)}
    lines: list[str] = []
    at = 0

    def add(text: str) -> Paragraph:
        nonlocal at
        lines.append(text)
        paragraph = Paragraph(text, at, at + len(text))
        at = paragraph.end + 1
        return paragraph

    title = add(f"{agency}{year}年政府信息公开工作年度报告")
    before = tuple(add(text) for text in preface)
    filled: dict[str, Figure] = {}
    chapters = []
    for chapter in form.chapters:
        heading = add(f"{_NUMERALS[chapter.number - 1]}、{chapter.title}")
        paragraphs = tuple(add(text) for text in prose.get(chapter.key, ()))
        for key in form.tables[chapter.table].cells if chapter.table else ():
            figure = _figure(form, key, figures or {}, values or {})
            if figure.printed is not None:
                cell = add(figure.printed)
                figure = figure._replace(place=Place(cell.start, cell.end))
            filled[key] = figure
        chapters.append(Chapter(chapter.key, chapter.number, chapter.title, heading, paragraphs))
    signature: tuple[Paragraph, ...] = ()
    if signed_on:
        day = f"{signed_on.year}年{signed_on.month}月{signed_on.day}日"
        signature = (add(agency), add(day))
    return Report(
        title=title.text,
        title_place=Place(title.start, title.end),
        agency=agency,
        kind=kind,
        year=year,
        form=form.name,
        figures=filled,
        chapters=chapters,
        preface=before,
        signature=signature,
        signed_on=signed_on,
        text="\n".join(lines) + "\n",
        source_format="text",
    )


def _figure(form: Form, key: str, figures: Mapping[str, Figure], values: Mapping[str, int | Decimal]) -> Figure:
    if key in figures:
        return figures[key]
    table, _, column = key.split(".")
    value = values.get(key, 0)
    return Figure(value, write(value, form.tables[table].columns[column].signed))


def county(scale: int = 1_234_567, year: int = 2023) -> Report:
    """A county with seven-digit figures in every column."""
    form = form_for_year(year)
    kind, agency = "county_government", "白石口自治县人民政府"
    prose = {
        "overview": [
            f"（{_NUMERALS[i]}）{a}" if j == 0 else _SENTENCES[i + j] for i, a in enumerate(_ASPECTS) for j in (0, 1)
        ],
        "problems": _SENTENCES[6:],
        "other": ["本年度未收取信息处理费。"],
    }
    preface = ["本报告依据《中华人民共和国政府信息公开条例》编制，数据期限为全年。"]
    return build(
        agency, kind, year, values=balanced(form, scale), prose=prose, preface=preface, signed_on=date(year + 1, 3, 20)
    )


def township(year: int = 2023) -> Report:
    """A township to which nothing happened."""
    return build("柳树沟镇人民政府", "township", year, signed_on=date(year + 1, 1, 9))


def damaged(year: int = 2023) -> Report:
    """A report with blank cells, slashes, dashes and a row that could not be told."""
    keys = load_form("2021").tables["applications"].cells
    broken: dict[str, Figure] = {
        "applications.denied_process.research": unread(BLANK, ""),
        "applications.denied_process.other": unread(NULL_MARK, "/"),
        "applications.granted.business": Figure(0, "-"),
        "applications.total.natural_person": unread("not_a_number", "见附件"),
        "remedies.reconsideration.upheld": unread(BLANK, ""),
        "proactive.fees.amount_10k_cny": Figure(Decimal("84.6700"), "84.6700"),
    }
    broken |= {key: unread("cells_missing", "3") for key in keys if ".received." in key}
    return build(figures=broken, year=year)


def long_prose(year: int = 2023, paragraphs: int = 40) -> Report:
    """Many pages of text."""
    text = ["".join(_SENTENCES[(i + j) % len(_SENTENCES)] for j in range(5)) for i in range(paragraphs)]
    return build(year=year, prose={"overview": text, "problems": text[:4], "other": text[:1]})


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Any plausible report: both forms, figures of any size, unread cells, prose short and long."""
    year = draw(st.sampled_from((2019, 2020, 2021, 2022, 2023, 2024)))
    form = form_for_year(year)
    kind = draw(st.sampled_from(sorted(BODIES)))
    agency = draw(st.sampled_from(BODIES[kind]))
    values = balanced(form, draw(st.sampled_from((0, 0, 7, 120, 5_000, 1_234_567))))
    count = draw(st.integers(0, 8))
    odd = st.one_of(
        st.just(unread(BLANK, "")),
        st.just(unread(NULL_MARK, "/")),
        st.integers(0, 9_999_999).map(lambda n: Figure(n, str(n))),
    )
    keys = draw(st.lists(st.sampled_from(form.cells), min_size=count, max_size=count, unique=True))
    figures = {key: draw(odd) for key in keys}
    amounts = [key for key in form.cells if form.tables[key.partition(".")[0]].columns[key.rpartition(".")[2]].decimals]
    for key in amounts:
        amount = Decimal(draw(st.integers(0, 10**9))) / 10 ** draw(st.integers(0, 4))
        figures.setdefault(key, Figure(amount, write(amount)))
    paragraph = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=12).map("".join)
    prose = {key: draw(st.lists(paragraph, min_size=1, max_size=5)) for key in ("overview", "problems", "other")}
    if draw(st.booleans()):
        prose["overview"] = [
            x for i, p in enumerate(prose["overview"]) for x in (f"（{_NUMERALS[i]}）{_ASPECTS[i]}", p)
        ]
    preface = draw(st.lists(paragraph, max_size=2))
    signed = draw(st.one_of(st.none(), st.dates(date(year + 1, 1, 1), date(year + 1, 3, 31))))
    return build(agency, kind, year, figures=figures, values=values, prose=prose, preface=preface, signed_on=signed)
