"""``python -m gongkai.checks.docs`` prints ``docs/checks.md``: the catalogue for people, in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.checks.catalogue import catalogue
from gongkai.checks.registry import NOTICE, Check
from gongkai.report import load_form
from gongkai.report.model import KINDS
from gongkai.statute.citations import cited

SEVERITIES = {"error": "错误", "warning": "提醒", "info": "提示"}
NEEDS = {"previous": "需同时提供上年度报告（`--previous`）", "parts": "需同时提供各单位的报告（`--parts`）"}


def years(check: Check) -> str:
    """The report years a check applies to, for people."""
    return f"{check.first_year}–{check.last_year} 年度" if check.last_year else f"{check.first_year} 年度起"


def kinds(check: Check) -> str:
    return "、".join(KINDS[kind] for kind in check.kinds) or "所有机关"


def source(check: Check) -> str:
    """The instrument with its title, and the notice of the first form for the years that it ruled."""
    instrument = cited(check.source)
    named = f"{check.source}（《{instrument.title}》）" if instrument else check.source
    old = load_form("2019")
    both = check.source.startswith(NOTICE) and check.first_year <= (old.last_year or 0)
    return f"{named}；{old.last_year} 年度及以前为{old.doc_no}" if both else named


def _entry(check: Check) -> Iterator[str]:
    yield f"## {check.id} `{check.name}`"
    yield ""
    yield f"**{check.title}**"
    yield ""
    yield f"- 程度：{SEVERITIES[check.severity]}"
    yield f"- 依据：{source(check)}"
    yield f"- 年度：{years(check)}"
    yield f"- 机关：{kinds(check)}"
    if check.needs:
        yield f"- {NEEDS[check.needs]}"
    yield ""
    yield check.explanation
    yield ""


def page() -> str:
    """The whole of ``docs/checks.md``."""
    lines = [
        "# 核对项目",
        "",
        "本页由 `python -m gongkai.checks.docs` 生成，请勿手改。每项核对有三种结论：**符合**、**不符**、**未能核对**"
        "（所需的数字或文字没有读到，不算报告的差错）。名称是公开的，不会改作他用。",
        "",
        "| 编号 | 名称 | 标题 | 程度 |",
        "|---|---|---|---|",
    ]
    lines += [f"| {c.id} | `{c.name}` | {c.title} | {SEVERITIES[c.severity]} |" for c in catalogue().values()]
    lines.append("")
    for check in catalogue().values():
        lines += _entry(check)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    print(page(), end="")
