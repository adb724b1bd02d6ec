"""Report → HTML: one page that needs nothing else, for the portal and the printer. No script; everything escaped.

Tables carry ``caption``, ``scope`` and on each value ``data-key`` (``applications.received.total``), so that programs
read figures without guessing. Meta tags: 政府网站发展指引 (国办发〔2017〕47号), annex.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

from gongkai.rendering.content import (
    CHAPTER,
    PAGE,
    SECTION,
    SIGNATURE,
    TITLE,
    Block,
    Line,
    Run,
    blocks,
    clean,
    title_runs,
)
from gongkai.rendering.grid import GROUP, HEAD, LABEL, VALUE, Cell, Grid
from gongkai.rendering.layout import group_lines
from gongkai.report import Report

_TAGS = {TITLE: "h1", CHAPTER: "h2", SECTION: "h3"}


def render(report: Report) -> bytes:
    """The page in UTF-8."""
    return page(report, blocks(report))


def page(report: Report, content: Iterable[Block], title: str | None = None) -> bytes:
    """A page with ``content`` and the metadata of ``report``."""
    name = title or report.title or "政府信息公开工作年度报告"
    metas = "".join(
        f'<meta name="{key}" content="{escape(clean(value))}">\n' for key, value in _metadata(report, name) if value
    )
    style = files("gongkai.rendering").joinpath("page.css").read_text(encoding="utf-8")
    body = "\n".join(_block(block, report.agency) for block in content)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{escape(clean(name))}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n{metas}'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<article>\n{body}\n</article>\n</main>\n</body>\n</html>\n"
    ).encode()


def _metadata(report: Report, name: str) -> list[tuple[str, str]]:
    """Names of the guide's annex, then the fields of an item in the catalogue, which have no name there."""
    agency, year = report.agency or "", report.year
    published = report.published_on.isoformat() if report.published_on else ""
    return [
        ("ArticleTitle", name),
        ("PubDate", published and f"{published} 00:00"),
        ("ContentSource", agency),
        ("Author", agency),
        ("Keywords", ",".join(filter(None, ("政府信息公开", "年度报告", agency, f"{year}年" if year else "")))),
        ("Description", f"{agency}{year or ''}{'年' if year else ''}政府信息公开工作年度报告"),
        ("ColumnName", "政府信息公开年报"),
        ("IndexNumber", report.index_number or ""),
        ("gongkai:agency", agency),
        ("gongkai:kind", report.kind or ""),
        ("gongkai:year", str(year or "")),
        ("gongkai:form", report.form or ""),
        ("gongkai:signed-on", report.signed_on.isoformat() if report.signed_on else ""),
    ]


def _block(block: Block, agency: str | None) -> str:
    return _table(block) if isinstance(block, Grid) else _line(block, agency)


def _line(line: Line, agency: str | None) -> str:
    if line.role == PAGE:
        return '<hr class="page">'
    words = "".join(map(_run, line.runs))
    if line.role == TITLE and len(line.runs) == 1:
        # A long title breaks between its phrases, as on paper.
        words = "".join(f"<span>{_run(run)}</span>" for run in title_runs(line, agency))
    tag = _TAGS.get(line.role, "p")
    return f'<p class="signature">{words}</p>' if line.role == SIGNATURE else f"<{tag}>{words}</{tag}>"


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.marked:
        text = f"<mark>{text}</mark>"
    return (f"<b>{text}</b>" if run.kai else text) + _numbers(run.ends)


def _numbers(numbers: tuple[int, ...]) -> str:
    return "".join(f'<sup><a href="#finding-{n}">[{n}]</a></sup>' for n in numbers)


def _table(grid: Grid) -> str:
    total = sum(grid.widths)
    columns = "".join(f'<col style="width:{width / total:.2%}">' for width in grid.widths)
    rows = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in grid.rows]
    head = "\n".join(rows[: grid.head_rows])
    return "\n".join(
        (
            f'<div class="table"><table class="{grid.key}" data-table="{grid.key}">',
            f"<caption>{escape(grid.caption)}</caption>",
            f"<colgroup>{columns}</colgroup>",
            *([f"<thead>\n{head}\n</thead>"] if head else []),
            "<tbody>",
            *rows[grid.head_rows :],
            "</tbody>\n</table></div>",
        )
    )


def _cell(cell: Cell) -> str:
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    text = escape(clean(cell.text), quote=False).replace("\n", "<br>")
    if cell.role == VALUE:
        strong = ' class="total"' if cell.strong else ""
        text = f"<mark>{text}</mark>{_numbers(cell.marks)}" if cell.marks else text
        return f'<td data-key="{cell.key}"{strong}{spans}>{text}</td>'
    scope = {
        HEAD: "colgroup" if cell.colspan > 1 else "col",
        LABEL: "row",
        GROUP: "rowgroup",
    }.get(cell.role)
    if scope is None:
        anchor = f' id="finding-{cell.text}"' if cell.key == "finding" else ""
        return f'<td class="words"{anchor}{spans}>{text}</td>'
    if cell.role == GROUP:
        text = "".join(f"<span>{part}</span>" for part in group_lines(text).split("\n"))
    return f'<th scope="{scope}"{spans}>{text}</th>'
