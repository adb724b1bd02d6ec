"""One document and what is wrong with it, for people: gravest first, each with its place."""

from __future__ import annotations

from gongkai.checks import FAILS, Finding, catalogue
from gongkai.cli.excerpt import excerpts
from gongkai.cli.show_head import heading
from gongkai.cli.wording import pad, wrap
from gongkai.report import Report

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1"}
_INDENT = " " * 6
_PLACES = 4  # excerpts of one finding; the rest is counted


def paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text


def show(
    label: str, report: Report, findings: list[Finding], remarks: list[str], columns: int, colour: bool = False
) -> str:
    """The block of text for one document, ending with an empty line."""
    failing = [f for f in findings if f.verdict == FAILS]
    unread = [f for f in findings if f.verdict != FAILS]
    out = heading(label, report, columns, colour)
    if not failing:
        out.append(f"  {paint('没有发现问题', '32;1', colour)}")
    for number, finding in enumerate(failing, 1):
        out += _finding(number, finding, report, columns, colour)
    if unread:
        out.append(paint("  " + _unread(unread), "2", colour))
    out += [paint(f"  说明：{remark}", "2", colour) for remark in remarks]
    return "\n".join(out) + "\n\n"


def _finding(number: int, finding: Finding, report: Report, columns: int, colour: bool) -> list[str]:
    check = catalogue()[finding.check]
    severity = paint(SEVERITIES.get(finding.severity, finding.severity), _COLOURS.get(finding.severity, "1"), colour)
    head = f"{pad(str(number), 3, right=True)} {severity} {paint(check.title, '1', colour)}"
    out = [f" {head}  {paint(f'{check.id} {check.name}', '2', colour)}"]
    out += _paragraph("", finding.message, columns)
    if _adds(finding):
        out += _paragraph("", f"应为 {finding.expected or '（未定）'}，实为 {finding.found or '（没有）'}", columns)
    if finding.hint:
        out += _paragraph("建议：", finding.hint, columns)
    found = excerpts(report, finding.where, columns)
    for excerpt in found[:_PLACES]:
        lines = _paragraph(f"{excerpt.position}：", excerpt.words, columns)
        out += [_marked(line, colour) for line in lines] if colour else lines
    if len(found) > _PLACES:
        out.append(f"{_INDENT}另有 {len(found) - _PLACES} 处")
    return out


def _adds(finding: Finding) -> bool:
    """Whether expected and found say something that the message does not hold already."""
    stated = [x for x in (finding.expected, finding.found) if x]
    return bool(stated) and any(x not in finding.message for x in stated)


def _paragraph(label: str, text: str, columns: int) -> list[str]:
    from gongkai.cli.wording import width

    hang = " " * width(label)
    lines = wrap(text, columns - len(_INDENT) - len(hang))
    return [f"{_INDENT}{label if n == 0 else hang}{line}" for n, line in enumerate(lines)]


def _marked(line: str, colour: bool) -> str:
    return line.replace("【", "\x1b[1;7m【").replace("】", "】\x1b[0m")


def _unread(findings: list[Finding]) -> str:
    """One line: which checks could not be made, and for which columns or rows."""
    checks = catalogue()
    parts = []
    for finding in findings:
        title = checks[finding.check].title.partition("：")[0]
        parts.append(f"{finding.check and checks[finding.check].id} {title}（{finding.message}）")
    return "未能核对（不算错误）：" + "；".join(parts)
