"""Documents to measure on: invented reports with balanced figures, in the dress that real sites give them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

from reading.layouts import FORM, html_spans, word_pasted  # noqa: E402

# Every second sentence states figures.
SENTENCES = [
    "2022年，全局主动公开各类政府信息{a}条，通过新媒体转发{b}条。",
    "围绕年度任务把公开责任分到科室，按月核对栏目更新情况，对发现的空白栏目限期补齐。",
    "受理热线转办事项{a}件，均在规定时限内答复来电人。",
    "对拟公开的文件先由起草科室提出意见，再由办公室审核，涉及个人隐私的内容按规定处理。",
    "组织业务培训{c}次，参加人员覆盖各科室和下属单位，培训后逐人测验。",
    "依托县政府门户网站集中发布信息，并在办事大厅设立查阅点，方便群众查询和申请。",
    "全年没有发生因政府信息公开引起的行政复议和行政诉讼。",
    "修订信息发布审核流程，先审后发，责任到人，定期通报各科室落实情况。",
]


def figures(seed: int) -> dict[str, str]:
    """Figures of table 3 that balance; the others small."""
    pick = random.Random(seed)
    out = dict.fromkeys(FORM.cells, 0)
    table = FORM.tables["applications"]
    applicants = [c for c in table.columns if c != "total"]
    outcomes = [r.key for r in table.rows.values() if r.section == "outcome"]
    for column in applicants:
        for row in outcomes:
            out[f"applications.{row}.{column}"] = pick.choice([0, 0, 0, 0, 0, 1, 2, 17])
        done = sum(out[f"applications.{row}.{column}"] for row in outcomes)
        out[f"applications.total.{column}"] = out[f"applications.received.{column}"] = done
    for row in table.rows:
        out[f"applications.{row}.total"] = sum(out[f"applications.{row}.{c}"] for c in applicants)
    for row in ("licensing", "penalties", "coercion"):
        out[f"proactive.{row}.decisions"] = pick.randint(0, 900)
    return {cell: str(value) for cell, value in out.items()}


def prose(seed: int, characters: int = 5000) -> str:
    """A narrative of about that many characters, one paragraph a line."""
    pick = random.Random(seed)
    lines, length = [], 0
    aspects = ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
    while length < characters:
        head = f"（{'一二三四五'[len(lines)]}）{aspects[len(lines)]}。" if len(lines) < 5 else ""
        numbers = {k: pick.randint(2, 90) for k in "abc"}
        # One sentence in four or five states figures, as in real reports.
        chosen = (
            [pick.choice(SENTENCES[::2]), *pick.sample(SENTENCES[1::2], 3)] if pick.random() < 0.6 else SENTENCES[1::2]
        )
        line = head + "".join(s.format(**numbers) for s in chosen)
        lines.append(line)
        length += len(line)
    return "\n".join(lines)


NAVIGATION = "".join(
    f'<li class="menu-item"><a href="/col/col{n}/index.html" target="_blank" title="栏目{n}">栏目{n}</a></li>'
    for n in range(160)
)
SCRIPT = "<script>" + "var columns={};columns['a']=[1,2,3];function go(u){location.href=u}" * 60 + "</script>"
STYLE = "<style>" + ".a{margin:0 auto;padding:0;color:#333;font-size:14px}" * 60 + "</style>"


def on_a_site(report: str, seed: int, wrap: str = '<p style="text-indent:2em;line-height:2">{}</p>') -> str:
    """The page of a report with navigation, scripts and footer around it and a narrative in it."""
    body = report.partition("<body>")[2].partition("</body>")[0]
    paragraphs = "".join(wrap.format(line) for line in prose(seed).split("\n"))
    body = body.replace("<p>二、", paragraphs + "<p>二、", 1)
    foot = "<div class='footer'><p>版权所有：清源县人民政府</p><p>网站标识码：0000000000</p></div>"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>年报</title>{STYLE}{SCRIPT}</head><body>"
        f"<div class='header'><ul class='nav'>{NAVIGATION}</ul></div><div class='article'>{body}</div>{foot}"
        "</body></html>"
    )


def site_page(seed: int) -> str:
    """A report on a county's site: navigation, scripts and footer around it, a paragraph in each cell; about 60 kB."""
    cell = '<td style="border:1px solid #000;padding:5px"><p style="text-align:center">'
    report = html_spans(figures(seed)).replace("<td>", cell).replace("</td>", "</p></td>")
    return on_a_site(report, seed)


def word_page(seed: int) -> str:
    """The same pasted from Word: <p><span><font><o:p> in every cell; about 95 kB."""
    wrap = (
        '<p class="MsoNormal" style="text-indent:32pt;line-height:28pt"><span style="font-family:仿宋_GB2312;'
        'font-size:16pt"><font face="仿宋_GB2312">{}</font><o:p></o:p></span></p>'
    )
    return on_a_site(word_pasted(figures(seed)), seed, wrap)
