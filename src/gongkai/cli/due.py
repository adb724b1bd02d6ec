"""``gongkai due``: when an application must be answered, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.wording import columns, pad, wrap

if TYPE_CHECKING:
    from gongkai.statute.deadlines import Deadline

_CASES = "写有收到日期和办理行为的 JSON 文件（一件、一个列表，或每行一件），或 - 表示标准输入；写法见 docs/deadlines.md"
_DATE, _ARTICLE = 12, 28  # columns of the table; the words take the rest
_WEEKDAYS = "一二三四五六日"


def due(
    cases: Annotated[list[str], typer.Argument(metavar="CASE.json…", help=_CASES)],
    as_json: Annotated[bool, typer.Option("--json", help="每件申请输出一行 JSON，供程序使用")] = False,
) -> None:
    """推算政府信息公开申请的答复期限，逐步写明依据哪一条。

    例：
      gongkai due 申请.json
      gongkai due 登记簿.jsonl --json > 期限.jsonl

    行为（act）：
      request_correction   告知补正        correction_received  收到补正
      consult_third_party  征求第三方意见  consult_agency       征求其他机关意见
      opinion_received     收到意见        extend               延长（写 days）
      delay                第三十五条的延迟（写 until）
      fee_notice           收费通知        paid                 缴费
    """
    raise typer.Exit(run(cases, as_json, columns()))


def run(paths: list[str], as_json: bool, width: int) -> int:
    """Print the deadline of every case behind ``paths``; the exit code (0, or 2 when a case has none to give)."""
    from gongkai.cli.case_files import items
    from gongkai.cli.running import OK, UNREADABLE
    from gongkai.cli.work import line
    from gongkai.statute.cases import from_json
    from gongkai.statute.deadlines import deadline
    from gongkai.statute.errors import LawError, MalformedError

    code = OK
    for item in (item for path in paths for item in items(path)):
        try:
            if item.error is not None:
                raise MalformedError(item.error)
            result = deadline(from_json(item.raw))
        except LawError as error:
            code = UNREADABLE
            if as_json:
                sys.stdout.write(line({"source": item.label, "error": str(error)}))
            sys.stdout.flush()
            sys.stderr.write(f"{item.label}：{error}\n")
            continue
        sys.stdout.write(line(to_json(item.label, result)) if as_json else show(item.label, result, width))
    return code


def to_json(label: str, result: Deadline) -> dict[str, Any]:
    """``due`` is ``None`` while the clock stands still; the last step then says what it waits for."""
    return {
        "source": label,
        "due": result.due and result.due.isoformat(),
        "provisional": result.provisional,
        "steps": [{"date": s.date.isoformat(), "words": s.words, "article": s.article} for s in result.steps],
    }


def show(label: str, result: Deadline, width: int) -> str:
    """The last day and a table of the steps, for people."""
    from gongkai.statute.cases import ACTS, chinese

    if result.due is None:
        until = f"（最迟{chinese(result.until)}）" if result.until else ""
        head = f"答复期限：停止计算，待“{ACTS[result.waiting_for or '']}”{until}"
    else:
        head = f"答复期限：{chinese(result.due)}（星期{_WEEKDAYS[result.due.weekday()]}）"
    out = [label, f"  {head}{'【预估】' if result.provisional else ''}"]
    room = width - _DATE - _ARTICLE - 4
    rows = [("日期", "事由", "依据"), *((s.date.isoformat(), s.words, s.article) for s in result.steps)]
    for day, words, article in rows:
        left, right = wrap(words, room), wrap(article, _ARTICLE)
        for n in range(max(len(left), len(right))):
            cells = (day if n == 0 else "", left[n] if n < len(left) else "", right[n] if n < len(right) else "")
            out.append(f"  {pad(cells[0], _DATE)}{pad(cells[1], room)}  {cells[2]}".rstrip())
    return "\n".join(out) + "\n"
