"""The findings sheet: findings listed, then the document with their places marked, to go back to the body concerned."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from typing import Protocol

from gongkai.figures import Place
from gongkai.rendering.content import PAGE, SECTION, TEXT, TITLE, Block, blocks, line
from gongkai.rendering.grid import HEAD, WORDS, Cell, Grid, row_name
from gongkai.report import Form, Report, load_form

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_WIDTHS = (10.0, 12.0, 66.0, 38.0, 30.0)
_HEADS = ("序号", "级别", "问题", "位置", "核实建议和依据")
_LIST = "核对意见一览"
_CELLS_NAMED = 3
_BREAK = re.compile(r"[\n\t]")  # between lines, and between the cells of a table
_AROUND = 12  # characters of context around marked words


class Finding(Protocol):
    """What ``gongkai.checks`` says about a report; see ``checks.findings.Finding``."""

    @property
    def check(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...
    @property
    def where(self) -> tuple[Place, ...]: ...
    @property
    def expected(self) -> str | None: ...
    @property
    def found(self) -> str | None: ...
    @property
    def hint(self) -> str | None: ...


class FindingMarks:
    """Places and cells of numbered findings. A place inside a cell marks the cell."""

    def __init__(self, report: Report, findings: Sequence[Finding]) -> None:
        self._cells: dict[str, list[int]] = {}
        self._spans: list[tuple[int, int, int]] = []
        cells = [(f.place.start, f.place.end, key) for key, f in report.figures.items() if f.place is not None]
        for number, finding in enumerate(findings, 1):
            for key in finding.cells:
                self._mark(key, number)
            for place in finding.where:
                within = [key for start, end, key in cells if start <= place.start and place.end <= end]
                for key in within:
                    self._mark(key, number)
                if not within and place.start < place.end:
                    self._spans.append((place.start, place.end, number))

    def _mark(self, key: str, number: int) -> None:
        numbers = self._cells.setdefault(key, [])
        if number not in numbers:
            numbers.append(number)

    def spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """(start, end, number) of the marked words that meet ``start``–``end``, cut to it."""
        return [(max(a, start), min(b, end), n) for a, b, n in self._spans if a < end and start < b]

    def cell(self, key: str) -> tuple[int, ...]:
        """Numbers of the findings about a cell."""
        return tuple(self._cells.get(key, ()))


def render(report: Report, findings: Sequence[Finding], format: str, titles: Mapping[str, str]) -> bytes:
    """The sheet as ``format``; ``titles``: name of a check → its title."""
    failing = [finding for finding in findings if finding.verdict == "fails"]
    failing.sort(key=lambda f: list(SEVERITIES).index(f.severity) if f.severity in SEVERITIES else len(SEVERITIES))
    open_ones = [finding for finding in findings if finding.verdict == "unread"]
    content: list[Block] = [line(TITLE, "政府信息公开工作年度报告核对意见")]
    content.append(line(TEXT, _summary(report, failing, open_ones)))
    if failing:
        content.append(line(SECTION, _LIST))
        content.append(_list(report, failing, titles))
    if open_ones:
        content.append(line(SECTION, "未能核对的项目"))
        content += [line(TEXT, f"{titles.get(f.check, f.check)}：{f.message.rstrip('。')}。") for f in open_ones]
    content.append(line(PAGE))
    content += blocks(report, FindingMarks(report, failing))
    name = f"{report.title or '政府信息公开工作年度报告'}核对意见"
    writer: Callable[..., bytes] = getattr(
        import_module(f"gongkai.rendering.{format}"), "page" if format == "html" else "document"
    )
    return writer(report, content, name)


def _summary(report: Report, failing: Sequence[Finding], unread: Sequence[Finding]) -> str:
    counts = {name: sum(f.severity == key for f in failing) for key, name in SEVERITIES.items()}
    found = "、".join(f"{name}{count}处" for name, count in counts.items() if count)
    name = f"《{report.title}》" if report.title else "所附年度报告"
    result = f"发现{found}" if found else "没有发现问题"
    more = f"，另有{len(unread)}项因所需数字未读到而未能核对" if unread else ""
    asked = "。请逐条核实：确有差错的，修改后重新报送；确无差错的，说明理由" if failing else ""
    marks = "。文中标出的地方，角上的编号即下表序号" if failing else ""
    return f"{name}经核对，{result}{more}{asked}{marks}。"


def _list(report: Report, failing: Sequence[Finding], titles: Mapping[str, str]) -> Grid:
    form = load_form(report.form) if report.form else None
    rows = [tuple(Cell(text, HEAD) for text in _HEADS)]
    for number, finding in enumerate(failing, 1):
        title = titles.get(finding.check)
        problem = "\n".join(filter(None, (title, finding.message, _compared(finding))))
        advice = "\n".join(filter(None, (finding.hint, f"依据：{finding.source}" if finding.source else None)))
        texts = (SEVERITIES.get(finding.severity, finding.severity), problem, _where(report, form, finding), advice)
        rows.append((Cell(str(number), WORDS, key="finding"), *(Cell(text, WORDS) for text in texts)))
    return Grid("findings", _LIST, _WIDTHS, tuple(rows), 1, long=True)


def _compared(finding: Finding) -> str:
    """Expected and found, where neither the message nor the hint holds them already."""
    said = f"{finding.message}\n{finding.hint or ''}"
    parts = [f"应为：{finding.expected}"] if finding.expected and finding.expected not in said else []
    parts += [f"实为：{finding.found}"] if finding.found and finding.found not in finding.message else []
    return "；".join(parts)


def _where(report: Report, form: Form | None, finding: Finding) -> str:
    """The cells by name, or the words at the place with those around them; the page where there are pages."""
    if finding.cells and form:
        known = [key for key in finding.cells if key in report.figures]
        names = _names(form, known[:_CELLS_NAMED])
        return names + (f"\n等{len(known)}格" if len(known) > _CELLS_NAMED else "")
    return "\n".join(_words(report, place) for place in finding.where[:_CELLS_NAMED])


def _names(form: Form, keys: Sequence[str]) -> str:
    """Cells by table, row and columns, each table and row named once."""
    lines: list[str] = []
    for (table_key, row_key), cells in groupby((key.split(".") for key in keys), key=lambda parts: tuple(parts[:2])):
        table = form.tables[table_key]
        title = f"表“{table.title}”"
        columns = "、".join(table.columns[column].label for _, _, column in cells)
        lines += [*([] if title in lines else [title]), f"{row_name(table, row_key)}，{columns}"]
    return "\n".join(lines)


def _words(report: Report, place: Place) -> str:
    text = report.text
    before = _BREAK.split(text[max(0, place.start - _AROUND) : place.start])[-1]
    after = _BREAK.split(text[place.end : place.end + _AROUND])[0]
    page = place.page or report.place(place.start, place.end).page
    return (f"第{page}页：" if page else "") + f"{before}【{text[place.start : place.end]}】{after}"
