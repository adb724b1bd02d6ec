"""The rules by which reports are checked: title, ground and explanation of each, as ``docs/checks.md`` has them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.checks import catalogue
from gongkai.office.bodies.gate import may
from gongkai.report.model import KINDS

_FAMILIES = {
    "A": "收到和处理申请（表三）",
    "R": "行政复议、行政诉讼（表四）",
    "P": "主动公开（表二）",
    "C": "结构和文字",
    "X": "正文与表格",
    "H": "表头和定位",
    "S": "汇总",
}
_SEVERITIES = {"error": ("错误", "bad"), "warning": ("警告", "caution"), "info": ("提示", "info")}
_NEEDS = {"previous": "需有同一机关上年度报告", "parts": "需有全部所属单位的报告"}


@may("analysis.see")
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    groups: dict[str, list[dict[str, object]]] = {}
    for check in catalogue().values():
        word, tone = _SEVERITIES[check.severity]
        until = f"至 {check.last_year} 年度" if check.last_year else "起"
        groups.setdefault(_FAMILIES[check.id[0]], []).append(
            {
                "check": check,
                "word": word,
                "tone": tone,
                "years": f"{check.first_year} 年度{until}",
                "kinds": "、".join(KINDS[kind] for kind in check.kinds) or "所有机关",
                "needs": _NEEDS.get(check.needs or "", ""),
            }
        )
    context = {
        "title": "核对规则",
        "subtitle": "每项核对的内容和依据",
        "groups": groups.items(),
        "breadcrumbs": [("报告分析", reverse("analysis:batches"))],
    }
    return render(request, "analysis/rules.html", context)
