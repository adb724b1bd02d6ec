"""One document and what is wrong with it, for people: gravest first, each with its place."""

from __future__ import annotations

from itertools import groupby

from gongkai.checks import FAILS, Finding, catalogue
from gongkai.cli.excerpt import excerpts
from gongkai.cli.show_head import heading
from gongkai.cli.wording import width, wrap
from gongkai.report import Report

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_COLOURS = {"error": "31;1", "warning": "33;1", "info": "36;1"}
_INDENT = " " * 8
_POSITION = 12  # columns for "第 123 行："
_PLACES = 4  # excerpts of one finding; the rest is counted


def paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text


def show(
    label: str, report: Report, findings: list[Finding], remarks: list[str], *, columns: int, colour: bool = False
) -> str:
    """The block of text for one document, ending with an empty line. Findings of one check stand under one head."""
    failing = [f for f in findings if f.verdict == FAILS]
    unread = [f for f in findings if f.verdict != FAILS]
    out = heading(label, report, columns, colour)
    if not failing:
        out.append(f"  {paint('没有发现问题', '32;1', colour)}")
    number = 0
    for (name, severity), group in groupby(failing, key=lambda f: (f.check, f.severity)):
        check = catalogue()[name]
        word = paint(SEVERITIES.get(severity, severity), _COLOURS.get(severity, "1"), colour)
        out.append(f"  {word} {paint(check.title, '1', colour)}  {paint(f'{check.id} {name}', '2', colour)}")
        for finding in group:
            number += 1
            out += _finding(number, finding, report, columns, colour)
    if unread:
        out.append(paint("  " + _unread(unread), "2", colour))
    out += [paint(f"  说明：{remark}", "2", colour) for remark in remarks]
    return "\n".join(out) + "\n\n"


def _finding(number: int, finding: Finding, report: Report, columns: int, colour: bool) -> list[str]:
    out = _paragraph(f"{number:>3}. ", finding.message, columns, "   ")
    out += _paragraph("", _expectation(finding), columns)
    if finding.hint and finding.hint not in finding.message:
        out += _paragraph("建议：", finding.hint, columns)
    found = excerpts(report, finding.where, columns - len(_INDENT) - _POSITION)
    for excerpt in found[:_PLACES]:
        lines = _paragraph(f"{excerpt.position}：", excerpt.words, columns)
        out += [_marked(line, colour) for line in lines] if colour else lines
    if len(found) > _PLACES:
        out.append(f"{_INDENT}另有 {len(found) - _PLACES} 处")
    return out


def _expectation(finding: Finding) -> str:
    """Expected and found, where they say something that the message does not hold already."""
    expected, found = finding.expected, finding.found
    parts = []
    if expected and expected not in finding.message and expected not in (finding.hint or ""):
        parts.append(f"应为 {expected}")
    if found and found not in finding.message:
        parts.append(f"实为 {found}")
    return "，".join(parts)


def _paragraph(label: str, text: str, columns: int, indent: str = _INDENT) -> list[str]:
    if not text:
        return []
    hang = " " * width(label)
    lines = wrap(text, columns - len(indent) - len(hang))
    return [f"{indent}{label if n == 0 else hang}{line}" for n, line in enumerate(lines)]


def _marked(line: str, colour: bool) -> str:
    return line.replace("【", "\x1b[1;7m【").replace("】", "】\x1b[0m")


def _unread(findings: list[Finding]) -> str:
    """One line: which checks could not be made, and for which columns or rows."""
    checks = catalogue()
    parts = []
    for finding in findings:
        check = checks[finding.check]
        message = finding.message
        if message.startswith("未能核对"):
            message = message.partition("：")[2] or message
        parts.append(f"{check.id} {check.title.partition('：')[0]}（{message}）")
    return "未能核对（不算错误）：" + "；".join(parts)
