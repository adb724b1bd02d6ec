"""Reports for the tests of checks: one that is clean, and changes to it as the YAML cases write them.

``build({})`` is a report no check finds fault with. The keys of a case, all optional:

``agency``, ``kind``, ``year``, ``form``, ``title``, ``published_on``, ``signed_on``: the report's own fields
``cells``: cell key (``*`` allowed) → a value, ``null`` (a blank cell), or ``{printed, reason}``
``tables_missing``: tables that are not in the document; ``merged``: （六）其他处理 printed as one row
``preface``, ``overview``, ``problems``, ``other``, ``signature``: lines in place of the clean ones
``headings``: chapter key → heading as printed; ``chapters``: keys in the order they stand (default: the form's)
``unnamed``: chapter keys whose title the reader did not recognise
``notes``: what the reader says, as ``{kind, message, table, printed}``
``previous``, ``parts``: the same again, for the report of the year before and those of the parts
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from gongkai.checks.registry import Case
from gongkai.figures import BLANK, ROW_MERGED, TABLE_MISSING, Figure, Place, unread
from gongkai.reading.prose import claims
from gongkai.report import Chapter, Form, Note, Report, form_for_year, load_form
from gongkai.report.model import Paragraph

NUMERALS = "一二三四五六"
OVERVIEW = [
    "本年度按条例要求做好各项公开工作。",
    "（一）主动公开。全年在门户网站公开各类信息320条。",
    "（二）依申请公开。申请渠道畅通，答复及时。",
    "（三）政府信息管理。发布前逐件审查。",
    "（四）政府信息公开平台建设。网站栏目按季度检查。",
    "（五）监督保障。上级年度考核结果为良好；社会评议满意率为96%；未发生责任追究情形。",
]
PROBLEMS = ["解读形式还不够多样，明年增加图解。"]
OTHER = ["本年度未收取信息处理费。"]


class Draft:
    """Text that grows line by line and says where each line stands."""

    def __init__(self) -> None:
        self.text = ""

    def line(self, text: str) -> Paragraph:
        start = len(self.text)
        self.text += text + "\n"
        return Paragraph(text, start, start + len(text))


def _value(raw: Any) -> Figure:
    if raw is None:
        return unread(BLANK, "")
    if isinstance(raw, dict):
        return unread(raw["reason"], raw.get("printed"))
    return Figure(Decimal(raw) if isinstance(raw, str) else raw, str(raw))


def _figures(form: Form, case: dict[str, Any]) -> dict[str, Figure]:
    figures = {cell: _value(0) for cell in form.cells}
    for pattern, raw in case.get("cells", {}).items():
        hit = [cell for cell in form.cells if fnmatchcase(cell, pattern)]
        assert hit, f"no cell is called {pattern}"
        figures.update(dict.fromkeys(hit, _value(raw)))
    if case.get("merged"):
        rows = ("other_no_supplement", "other_fee_unpaid")
        figures.update({c: unread(ROW_MERGED) for c in form.cells if c.split(".")[1] in rows})
    for table in case.get("tables_missing", ()):
        figures.update(dict.fromkeys(form.tables[table].cells, unread(TABLE_MISSING)))
    return figures


def _print_table(draft: Draft, form: Form, table: str, figures: dict[str, Figure]) -> None:
    """One row a line, and each printed figure learns its place."""
    for row in form.tables[table].rows.values():
        line = row.label
        for column in row.columns:
            cell = f"{table}.{row.key}.{column}"
            figure = figures[cell]
            if figure.printed is not None:
                start = len(draft.text) + len(line) + 1
                line += f"\t{figure.printed}"
                figures[cell] = figure._replace(place=Place(start, start + len(figure.printed)))
        draft.line(line)


def _chapters(draft: Draft, form: Form, case: dict[str, Any], figures: dict[str, Figure]) -> list[Chapter]:
    own = {part.key: part for part in form.chapters}
    text = {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}
    chapters = []
    for position, key in enumerate(case.get("chapters", list(own))):
        part = own[key]
        printed = case.get("headings", {}).get(key, f"{NUMERALS[part.number - 1]}、{part.title}")
        heading = draft.line(printed)
        # A heading printed twice: nothing stands under the first.
        empty = case.get("chapters", [])[position + 1 : position + 2] == [key]
        lines = [] if empty else case.get(key, text.get(key, []))
        paragraphs = tuple(draft.line(line) for line in lines)
        if part.table and not empty and part.table not in case.get("tables_missing", ()):
            _print_table(draft, form, part.table, figures)
        title = re.sub(r"^[一二三四五六]、", "", printed).rstrip("。：")
        known = None if key in case.get("unnamed", ()) else key
        chapters.append(Chapter(known, part.number, title, heading, paragraphs))
    return chapters


def build(case: dict[str, Any]) -> Report:
    """The clean report with the changes of ``case``."""
    year = case.get("year", 2023)
    agency = case.get("agency", "青禾县人民政府")
    form = load_form(case["form"]) if case.get("form") else form_for_year(year or 2023)
    title = case.get("title", f"{agency}{year}年政府信息公开工作年度报告")
    draft = Draft()
    heading = draft.line(title or "")
    clean = (
        f"本报告依据格式文件（{form_for_year(year or 2023).doc_no}）编制，统计期限为{year}年1月1日至{year}年12月31日。"
    )
    preface = tuple(draft.line(line) for line in case.get("preface", [clean]))
    figures = {} if case.get("form", "") is None else _figures(form, case)
    chapters = _chapters(draft, form, case, figures or _figures(form, {}))
    signature = tuple(draft.line(line) for line in case.get("signature", [agency or "", f"{(year or 0) + 1}年1月20日"]))
    signed = case.get("signed_on", date(year + 1, 1, 20) if year else None)
    report = Report(
        title=title,
        title_place=Place(heading.start, heading.end) if title else None,
        agency=agency,
        kind=case.get("kind", "county_government"),
        year=year,
        form=None if case.get("form", "") is None else form.name,
        figures=figures,
        chapters=chapters,
        preface=preface,
        signature=signature,
        published_on=case.get("published_on"),
        signed_on=signed,
        notes=[Note(**note) for note in case.get("notes", ())],
        text=draft.text,
    )
    for paragraph in (*preface, *signature, *(p for c in chapters for p in (c.heading, *c.paragraphs))):
        assert report.text[paragraph.start : paragraph.end] == paragraph.text
    return report


def case_of(raw: dict[str, Any]) -> Case:
    """The case: its report, and what it is checked together with. The claims are those its words make."""
    year = raw.get("year", 2023)
    report = build(raw)
    prose = [(chapter.key or "", p) for chapter in report.chapters for p in chapter.paragraphs]
    report.claims = claims(prose, report.year, report.place)
    previous = build({"year": year - 1, **raw["previous"]}) if "previous" in raw else None
    return Case(report, previous, tuple(build({"year": year, **part}) for part in raw.get("parts", ())))
