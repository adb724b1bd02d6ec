"""Prints the three tables of a report the way real sites print them, so that tests can read them back.

Each layout is a function from figures (cell key → printed text) to a document's text. The figures come from the
form, so a layout can be printed for any report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from gongkai.report import load_form

FORM = load_form("2021")
Figures = Mapping[str, str]
TITLE = "清源县水务局2022年政府信息公开工作年度报告"
CHAPTERS = [c.title for c in FORM.chapters]
GROUP_LABELS = {
    "不予公开": "（三）不予公开",
    "无法提供": "（四）无法提供",
    "不予处理": "（五）不予处理",
    "其他处理": "（六）其他处理",
}
OUTCOMES = "三、本年度办理结果"
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def leaf(row: str) -> str:
    """The printed label of a row of table 3, with its number: 三(三)1 → 1.属于国家秘密, 三(一) → （一）予以公开."""
    form = FORM.tables["applications"].rows[row]
    number = form.number
    if number in "一二四":
        return f"{number}、{form.label}"
    if number[-1].isdigit():
        return f"{number[-1]}.{form.label}"
    return f"（{number[2]}）{form.label}"


def application_rows(figures: Figures) -> Iterator[tuple[str | None, str | None, str, list[str]]]:
    """(outcome label where it is printed, group label where it is printed, row label, seven values)."""
    seen: set[str] = set()
    for key, row in FORM.tables["applications"].rows.items():
        values = [figures[f"applications.{key}.{c}"] for c in row.columns]
        outcome = group = None
        if key == "granted":
            outcome = OUTCOMES
        if row.group in GROUP_LABELS and row.group not in seen:
            seen.add(row.group)
            group = GROUP_LABELS[row.group]
        yield outcome, group, leaf(key), values


def remedy_values(figures: Figures) -> list[str]:
    return [figures[cell] for cell in FORM.tables["remedies"].cells]


def proactive_rows(figures: Figures) -> Iterator[list[str]]:
    """Rows of table 2: block titles, heads, values."""
    table = FORM.tables["proactive"]
    for block in table.blocks:
        yield [block.title]
        yield list(block.header)
        for key in block.rows:
            row = table.rows[key]
            yield [row.label, *(figures[f"proactive.{key}.{c}"] for c in row.columns)]


def flat_tables(
    figures: Figures, *, repeat_groups: bool = False
) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """The three tables as ragged rows of texts, merged cells printed once (or on each row)."""
    applications = [[FORM.tables["applications"].corner, "申请人情况"], ["自然人", "法人或其他组织", "总计"]]
    applications.append(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
    last_outcome = last_group = None
    for outcome, group, label, values in application_rows(figures):
        last_outcome, last_group = outcome or last_outcome, group or last_group
        head = [x for x in (outcome, group) if x]
        if repeat_groups and label[0] in "12345678":
            head = [OUTCOMES, last_group or ""]
        elif repeat_groups and label[0] == "（":
            head = [OUTCOMES, label]
        applications.append([*head, label, *values])
    remedies = [
        ["行政复议", "行政诉讼"],
        [*RESULTS, "未经复议直接起诉", "复议后起诉"],
        [*RESULTS, *RESULTS],
        remedy_values(figures),
    ]
    return list(proactive_rows(figures)), applications, remedies


def _report(tables: list[str]) -> str:
    """Title, chapters and a little prose around the three printed tables."""
    one, two, three, four, five, six = CHAPTERS
    return "\n".join(
        [
            TITLE,
            "",
            f"一、{one}",
            "本局依照条例做好公开工作，内容见下文各部分。",
            f"二、{two}",
            tables[0],
            f"三、{three}",
            tables[1],
            f"四、{four}",
            tables[2],
            f"五、{five}",
            "栏目更新有时偏慢，明年安排专人按周检查。",
            f"六、{six}",
            "本年度没有收取信息处理费。",
            "",
        ]
    )


def _each(figures: Figures, print_table: Callable[[list[list[str]]], str], **how: bool) -> str:
    return _report([print_table(rows) for rows in flat_tables(figures, **how)])


def bars(figures: Figures) -> str:
    """Cells parted by bars, with the empty ends that merged cells leave."""
    return _each(figures, lambda rows: "\n".join(" | ".join(row) + " | ||" for row in rows))


def bars_plain(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n".join("|".join(row) for row in rows))


def bars_outer(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n".join("| " + " | ".join(f"{x:<6}" for x in row) + " |" for row in rows))


def markdown(figures: Figures) -> str:
    """Markdown with a rule line and the labels of merged cells repeated on each row."""

    def table(rows: list[list[str]]) -> str:
        width = max(len(row) for row in rows)
        padded = [row[:1] + [row[-1]] * (width - len(row)) + row[1:] if len(row) < 3 else row for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in padded]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    return _each(figures, table, repeat_groups=True)


def one_cell_a_line(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n".join(cell for row in rows for cell in row))


def one_cell_a_line_apart(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n\n".join(f" {cell}" for row in rows for cell in row))


def one_cell_a_line_tabs(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows))


def bar_and_cell_lines(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n".join("|\n" + "\n|\n".join(row) + "\n|" for row in rows))


def tabs(figures: Figures) -> str:
    return _each(figures, lambda rows: "\n".join("\t".join(row) + "\t" for row in rows))


def tabs_shifted(figures: Figures) -> str:
    """Every third row moved one or two cells to the right."""
    return _each(figures, lambda rows: "\n".join("\t" * (i % 3) + "\t".join(row) for i, row in enumerate(rows)))


def spaces(figures: Figures) -> str:
    """What copying out of a PDF gives: label and numbers parted by spaces."""
    return _each(figures, lambda rows: "\n".join("  ".join(row) for row in rows))


def vertical_labels(figures: Figures) -> str:
    """三/本/年/度/… one character a line between the rows, label wrapped over two lines."""

    def table(rows: list[list[str]]) -> str:
        lines: list[str] = []
        letters = iter("三本年度办理结果" * 9)
        for row in rows:
            for cell in row:
                if cell == OUTCOMES:
                    continue
                if len(cell) > 26 and cell[0] in "12345678":
                    lines += [cell[:18], cell[18:]]
                else:
                    lines.append(cell)
            if row[-1].isdigit():
                lines.append(next(letters, ""))
        return "\n".join(lines)

    return _each(figures, table)


def broken_heads(figures: Figures) -> str:
    """Column heads of four characters over two lines."""

    def table(rows: list[list[str]]) -> str:
        cells = (cell for row in rows for cell in row)
        heads = {"商业企业", "科研机构", *RESULTS[:4]}
        return "\n".join(f"{cell[:2]}\n{cell[2:]}" if cell in heads else cell for cell in cells)

    return _each(figures, table)


def _td(text: str, rows: int = 1, columns: int = 1, tag: str = "td") -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
    return f"<{tag}{spans}>{text}</{tag}>"


def html_tables(figures: Figures, cell: Callable[[str], str] = str) -> list[str]:
    """The three tables with rowspan and colspan as the form has them; ``cell`` dresses the text of a cell."""
    table = FORM.tables["proactive"]
    rows = []
    for block in table.blocks:
        span = 4 // (len(block.header)) if len(block.header) > 2 else 3
        rows.append(_td(cell(block.title), 1, 4))
        rows.append("".join(_td(cell(h), 1, span if i else 1) for i, h in enumerate(block.header)))
        for key in block.rows:
            values = [figures[f"proactive.{key}.{c}"] for c in table.rows[key].columns]
            width = 3 // len(values)
            rows.append(_td(cell(table.rows[key].label)) + "".join(_td(cell(v), 1, width) for v in values))
    proactive = "<table>" + "".join(f"<tr>{r}</tr>" for r in rows) + "</table>"
    rows = [
        _td(cell(FORM.tables["applications"].corner), 3, 3) + _td(cell("申请人情况"), 1, 7),
        _td(cell("自然人"), 2) + _td(cell("法人或其他组织"), 1, 5) + _td(cell("总计"), 2),
        "".join(_td(cell(x)) for x in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
    ]
    sizes = {g: sum(r.group == g for r in FORM.tables["applications"].rows.values()) for g in GROUP_LABELS}
    names = {label: group for group, label in GROUP_LABELS.items()}
    for outcome, group, label, values in application_rows(figures):
        out = _td(cell(outcome), 22) if outcome else ""
        if group:
            out += _td(cell(group), sizes[names[group]])
        width = 3 if label[1] == "、" else 2 if label[0] == "（" else 1
        rows.append(out + _td(cell(label), 1, width) + "".join(_td(cell(v)) for v in values))
    applications = "<table>" + "".join(f"<tr>{r}</tr>" for r in rows) + "</table>"
    rows = [
        _td(cell("行政复议"), 1, 5) + _td(cell("行政诉讼"), 1, 10),
        "".join(_td(cell(x), 2) for x in RESULTS) + _td(cell("未经复议直接起诉"), 1, 5) + _td(cell("复议后起诉"), 1, 5),
        "".join(_td(cell(x)) for x in RESULTS * 2),
        "".join(_td(cell(x)) for x in remedy_values(figures)),
    ]
    return [proactive, applications, "<table>" + "".join(f"<tr>{r}</tr>" for r in rows) + "</table>"]


def page(tables: list[str]) -> str:
    """A page around the tables: each line of the report a paragraph."""
    marked = _report([f"@@{i}@@" for i in range(3)])
    body = "".join(f"<p>{line}</p>" for line in marked.split("\n") if line)
    for index, table in enumerate(tables):
        body = body.replace(f"<p>@@{index}@@</p>", table)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{body}</body></html>"


def html_spans(figures: Figures) -> str:
    return page(html_tables(figures))


def word_pasted(figures: Figures) -> str:
    """A <p><span><font><o:p> in every cell, as pasted from Word."""
    style = "font-family:仿宋_GB2312;mso-hansi-font-family:Calibri;font-size:12.0pt;mso-bidi-font-size:11.0pt"
    return page(
        html_tables(
            figures,
            lambda text: (
                f'<p class="MsoNormal" align="center" style="text-align:center"><span style="{style}">'
                f'<font face="仿宋_GB2312">{text}</font><o:p></o:p></span></p>'
            ),
        )
    )


def html_in_layout_tables(figures: Figures) -> str:
    """The whole page inside two layout tables, with other tables beside it."""
    inner = page(html_tables(figures)).partition("<body>")[2].partition("</body>")[0]
    share = "<table><tr><td>微信</td><td>微博</td><td>0</td></tr></table>"
    nav = "<table><tr><td>首页</td><td>政务公开</td><td>办事</td></tr></table>"
    return (
        f"<html><body><table><tr><td>{nav}</td></tr><tr><td><table><tr><td>{inner}</td>"
        f"<td>{share}</td></tr></table></td></tr></table></body></html>"
    )


def html_unclosed(figures: Figures) -> str:
    """No </td>, </tr> or </p>."""
    text = html_spans(figures)
    for tag in ("</td>", "</tr>", "</p>"):
        text = text.replace(tag, "")
    return text


def html_table_a_row(figures: Figures) -> str:
    """One small table for each row, as some OCR software writes."""
    tables = [
        "".join("<table><tr>" + "".join(_td(x) for x in row) + "</tr></table>" for row in rows)
        for rows in flat_tables(figures)
    ]
    return page(tables)


LAYOUTS = {
    function.__name__: function
    for function in (
        bars,
        bars_plain,
        bars_outer,
        markdown,
        one_cell_a_line,
        one_cell_a_line_apart,
        one_cell_a_line_tabs,
        bar_and_cell_lines,
        tabs,
        tabs_shifted,
        spaces,
        vertical_labels,
        broken_heads,
        html_spans,
        word_pasted,
        html_in_layout_tables,
        html_unclosed,
        html_table_a_row,
    )
}
