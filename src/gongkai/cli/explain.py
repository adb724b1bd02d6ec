"""``gongkai explain``: what a check checks and on which ground, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.wording import pad, width, wrap

if TYPE_CHECKING:
    from gongkai.checks import Check

_SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_NEEDS = {
    "previous": "上一年度的报告（--previous）",
    "parts": "所属各单位的报告（--parts）",
}


def listing(columns: int) -> str:
    """All checks, one a line."""
    from gongkai.checks import catalogue

    checks = catalogue().values()
    name_width = max(len(c.name) for c in checks) + 2
    out = []
    for check in checks:
        left = f"{check.id:<5}{check.name:<{name_width}}{_SEVERITIES[check.severity]}  "
        lines = wrap(check.title, max(20, columns - width(left)))
        out.append(left + lines[0])
        out += [" " * width(left) + line for line in lines[1:]]
    out.append("")
    out.append("某一项的说明：gongkai explain 名称（或编号，如 A1）")
    return "\n".join(out) + "\n"


def page(check: Check, columns: int) -> str:
    """One check in full."""
    from gongkai.report.model import KINDS

    years = f"{check.first_year} 年度起" if check.last_year is None else f"{check.first_year}—{check.last_year} 年度"
    kinds = "、".join(KINDS.get(kind, kind) for kind in check.kinds) or "各类机关"
    rows = [
        ("编号", check.id),
        ("级别", _SEVERITIES[check.severity]),
        ("检查什么", check.explanation),
        ("依据", check.source),
        ("适用年度", years),
        ("适用机关", kinds),
    ]
    if check.needs:
        rows.append(("另需", _NEEDS.get(check.needs, check.needs)))
    out = [f"{check.title}（{check.name}）", ""]
    for name, text in rows:
        lines = wrap(text, columns - 12)
        out += [f"  {pad(name if n == 0 else '', 10)}{line}" for n, line in enumerate(lines)]
    return "\n".join(out) + "\n"
