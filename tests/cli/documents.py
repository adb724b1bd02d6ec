"""A small report as a web page for the tests of the command line: tidy unless told to break something."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from shared_files import ROOT

from gongkai.report import form_for_year

AGENCY = "青禾县农业农村局"


def page(agency: str = AGENCY, year: int = 2023, values: Mapping[str, int] | None = None) -> str:
    """An HTML report of ``agency`` on ``year``; every cell is 0 but those in ``values`` (cell key → number)."""
    form = form_for_year(year)
    figures = dict.fromkeys(form.cells, 0) | dict(values or {})
    doc_no = form.doc_no.replace("、", "和")
    parts = [
        f"<h1>{agency}{year}年政府信息公开工作年度报告</h1>",
        f"<p>本报告依据《中华人民共和国政府信息公开条例》和《政府信息公开工作年度报告格式》（{doc_no}）编写，"
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。</p>",
        "<h2>一、总体情况</h2>",
        *(f"<p>（{n}）{t}。我局按要点办理，专人负责。</p>" for n, t in zip("一二三四五", _aspects(), strict=True)),
        "<h2>二、主动公开政府信息情况</h2>",
        _proactive(form, figures),
        "<h2>三、收到和处理政府信息公开申请情况</h2>",
        _applications(form, figures),
        "<h2>四、政府信息公开行政复议、行政诉讼情况</h2>",
        _remedies(form, figures),
        "<h2>五、存在的主要问题及改进情况</h2>",
        "<p>栏目更新有时偏慢，已改为每周一次。</p>",
        "<h2>六、其他需要报告的事项</h2>",
        f"<p>{year}年度没有收取信息处理费。</p>",
        f"<p>{agency}</p><p>{year + 1}年1月20日</p>",
    ]
    return "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>" + "\n".join(parts) + "</body></html>"


def balanced(
    received: int, carried_in: int = 0, carried_out: int = 0, column: str = "natural_person"
) -> dict[str, int]:
    """Values of table 3 that agree: all applications come from one kind of applicant and were granted."""
    done = received + carried_in - carried_out
    rows = {"received": received, "carried_in": carried_in, "granted": done, "total": done, "carried_out": carried_out}
    return {f"applications.{row}.{c}": value for row, value in rows.items() for c in (column, "total")}


def gongkai(*arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Run:
    """The real command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment(env),
        check=False,
        timeout=120,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


class Run:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        assert "Traceback" not in err, err


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    path = os.pathsep.join(p for p in (str(ROOT / "src"), os.environ.get("PYTHONPATH")) if p)
    return {**os.environ, "PYTHONPATH": path, "COLUMNS": "100", **(extra or {})}


def _aspects() -> list[str]:
    return ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]


def _table(rows: list[list[str]]) -> str:
    return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>"


def _proactive(form, figures) -> str:  # type: ignore[no-untyped-def]
    table = form.tables["proactive"]
    rows = []
    for block in table.blocks:
        rows.append([block.title])
        rows.append(list(block.header))
        for key in block.rows:
            row = table.rows[key]
            rows.append([row.label, *(str(figures[f"proactive.{key}.{c}"]) for c in row.columns)])
    return _table(rows)


def _applications(form, figures) -> str:  # type: ignore[no-untyped-def]
    table = form.tables["applications"]
    columns = "".join(f"<td>{c.label}</td>" for c in list(table.columns.values())[1:6])
    head = (
        '<tr><td colspan="3" rowspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
        '<td colspan="7">申请人情况</td></tr><tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td>'
        f'<td rowspan="2">总计</td></tr><tr>{columns}</tr>'
    )
    body = ""
    groups = [row.group for row in table.rows.values() if row.section in ("outcome", "outcome_total")]
    seen: set[str] = set()
    for key, row in table.rows.items():
        values = "".join(f"<td>{figures[f'applications.{key}.{c}']}</td>" for c in row.columns)
        label = _label(row.number, row.label)
        if row.section not in ("outcome", "outcome_total"):
            body += f'<tr><td colspan="3">{label}</td>{values}</tr>'
            continue
        body += "<tr>"
        if key == "granted":
            body += f'<td rowspan="{len(groups)}">三、本年度办理结果</td>'
        if row.group is None:
            body += f'<td colspan="2">{label}</td>'
        else:
            if row.group not in seen:
                seen.add(row.group)
                body += f'<td rowspan="{groups.count(row.group)}">（{row.number[2]}）{row.group}</td>'
            body += f"<td>{label}</td>"
        body += f"{values}</tr>"
    return f"<table>{head}{body}</table>"


def _label(number: str, label: str) -> str:
    if number in ("一", "二", "四"):
        return f"{number}、{label}"
    return f"{number[-1]}.{label}" if number[-1].isdigit() else f"（{number[2]}）{label}"


def _remedies(form, figures) -> str:  # type: ignore[no-untyped-def]
    head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
    titles = (
        '<tr><td colspan="5" rowspan="2">行政复议</td><td colspan="10">行政诉讼</td></tr>'
        '<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>'
    )
    values = [str(figures[cell]) for cell in form.tables["remedies"].cells]
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in (head, values))
    return f"<table>{titles}{rows}</table>"
