"""The last lines of a run: how many documents, how many with what, and which checks fail most."""

from __future__ import annotations

from gongkai.cli.running import Tally

_MOST = 8  # checks named in the list of the most frequent


def of_reading(tally: Tally) -> str:
    if tally.read + tally.failed <= 1:
        return ""
    return f"共 {tally.read + tally.failed} 份：读出 {tally.read} 份{_failed(tally)}\n"


def of_checking(tally: Tally) -> str:
    """Always one line; with many documents the most frequent checks below it."""
    by = tally.documents
    parts = [
        (by["error"], "有错误"),
        (by["warning"], "只有警告"),
        (by["info"], "只有提示"),
        (by[""], "没有发现问题"),
    ]
    kinds = "，".join(f"{text} {count} 份" for count, text in parts if count)
    found = "、".join(
        f"{name} {tally.severities[key]} 处"
        for key, name in (("error", "错误"), ("warning", "警告"), ("info", "提示"))
        if tally.severities[key]
    )
    out = f"共 {tally.read + tally.failed} 份：{kinds or '没有读出的报告'}{_failed(tally)}"
    out += f"。合计{found}\n" if found else "\n"
    if tally.read > 5 and tally.checks:
        from gongkai.checks import catalogue

        checks = catalogue()
        out += "最常见的问题：\n"
        for name, count in tally.checks.most_common(_MOST):
            out += f"  {count:>6,} 份  {checks[name].id:<4}{checks[name].title}\n"
    return out


def _failed(tally: Tally) -> str:
    return f"，未能读取 {tally.failed} 份" if tally.failed else ""
