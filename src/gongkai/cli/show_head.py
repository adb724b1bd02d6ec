"""The first lines about a document, the same for ``read`` and ``check``."""

from __future__ import annotations

from gongkai.report import Report


def heading(label: str, report: Report, columns: int, colour: bool) -> list[str]:
    """The source, then who reports on which year in which form."""
    name = f"\x1b[1;4m{label}\x1b[0m" if colour else label
    facts = [
        report.agency or "机关名称未能认定",
        f"{report.year} 年度" if report.year else "年度未能认定",
        f"{report.form} 年格式表格" if report.form else "没有读到规定的表格",
    ]
    return [name, "  " + " · ".join(facts)]
