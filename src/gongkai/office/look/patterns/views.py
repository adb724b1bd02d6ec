"""The pages of the pattern book. Whoever wires them marks the view as open (``gongkai.office.config.urls``)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongkai.office.look.badges import TONES, clock_badge
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, confirm_page, form_page
from gongkai.office.look.frame import Action, Tab
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search, YesNo
from gongkai.office.look.patterns import samples
from gongkai.office.look.patterns.forms import SampleForm

PARTS = {
    "start": "组件",
    "list": "列表",
    "empty": "空列表",
    "form": "表单",
    "confirm": "确认",
    "plain": "无导航页面",
}

LISTING = Listing(
    columns=[
        Column("number", "编号", sort="number"),
        Column("applicant", "申请人", sort="applicant"),
        Column("body", "机关", sort="body"),
        Column("subject", "申请内容", wrap=True),
        Column("received", "收到日期", sort="received"),
        Column("left", "期限", value=lambda row: clock_badge(row.left), export=lambda row: row.left, sort="left"),
        Column("paper", "纸质", align="center", shown=False),
    ],
    filters=[
        Search(on=["number", "applicant", "subject"], hint="编号、申请人、内容"),
        Choice("state", "状态", choices=[("open", "办理中"), ("closed", "已办结")]),
        DateRange("received", "收到日期"),
        YesNo("paper", "纸质"),
    ],
    row_link=lambda row: f"#{row.number}",
    empty="还没有收到申请",
)


def book(request: HttpRequest, part: str = "start") -> HttpResponseBase:
    """One page of the book; 404 unless ``settings.GONGKAI_DEVELOPER`` is true."""
    if not getattr(settings, "GONGKAI_DEVELOPER", False) or part not in PARTS:
        raise Http404
    root = request.path if part == "start" else request.path.removesuffix(f"{part}/")
    tabs = [Tab(label, root if name == "start" else f"{root}{name}/", name == part) for name, label in PARTS.items()]
    extra = {"tabs": tabs}
    crumbs = [("组件样本", root)]
    if part in ("list", "empty"):
        rows = samples.rows() if part == "list" else []
        actions = [Action("登记申请", "#", "plus", primary=True)]
        return LISTING.respond(
            request, rows, title="申请", subtitle="清河县财政局", actions=actions, breadcrumbs=crumbs, tabs=tabs
        )
    if part == "form":
        form = SampleForm(request.POST or None, request.FILES or None, initial={"name": "李立新"})
        if form.is_valid():
            messages.success(request, "已保存")
        return form_page(request, form, title="登记申请", cancel=root, breadcrumbs=crumbs, extra=extra, intro="样本。")
    if part == "confirm":
        return confirm_page(
            request,
            title="注销机构",
            question="注销后，该机构不再出现在名录中，历史记录保留。确定注销吗？",
            submit="注销机构",
            cancel=root,
            facts=[Fact("机构", "西桥街道办事处")],
            form=ReasonForm(request.POST or None),
            breadcrumbs=crumbs,
            extra=extra,
        )
    if part == "plain":
        return render(request, "look/patterns_plain.html", {"title": "登录", "form": ReasonForm()})
    context = {
        "title": "组件",
        "tabs": tabs,
        "tones": TONES,
        "badges": samples.badges(),
        "timeline_entries": samples.timeline(),
        "fact_rows": samples.facts(),
        "cards": samples.cards(),
        "file_items": samples.files(),
        "figure_table": samples.figures(),
        "jobs": samples.jobs(),
    }
    return render(request, "look/patterns.html", context)
