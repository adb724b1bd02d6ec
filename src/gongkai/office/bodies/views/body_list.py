"""All bodies, as a list and as a tree."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.selectors.bodies import GUIDE_INCOMPLETE, guide_missing, listed_bodies, tree
from gongkai.office.bodies.views.acting import allowed_actions
from gongkai.office.look.badges import Badge
from gongkai.office.look.frame import Action, Tab
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search, YesNo
from gongkai.report.model import KINDS


def _found(bodies: QuerySet[Body], text: str) -> QuerySet[Body]:
    """By any name that a body has or had."""
    for word in text.split():
        bodies = bodies.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(uscc__icontains=word)
            | Q(pk__in=Body.objects.filter(aliases__name__icontains=word).values("pk"))
            | Q(pk__in=Body.objects.filter(former_names__name__icontains=word).values("pk"))
        )
    return bodies


def _state(body: Body) -> Badge:
    return Badge("已撤销") if body.is_abolished else Badge("在册", "good")


def _guide(body: Body) -> Badge:
    missing = guide_missing(body)
    return Badge(f"缺{len(missing)}项", "caution") if missing else Badge("齐全", "good")


LISTING = Listing(
    columns=[
        Column("name", "全称", sort="name"),
        Column("short_name", "简称", sort="short_name"),
        Column("kind", "种类", sort="kind"),
        Column("parent", "上级机关", value=lambda b: b.parent and b.parent.name, sort="parent__name"),
        Column("people_count", "人员", align="end", sort="people_count"),
        Column("holder_count", "有角色", align="end", sort="holder_count"),
        Column("guide", "指南信息", value=_guide),
        Column("state", "状态", value=_state, sort="abolished_on"),
        Column("uscc", "统一社会信用代码", sort="uscc", shown=False),
        Column("division_code", "行政区划代码", sort="division_code", shown=False),
        Column("established_on", "成立日期", sort="established_on", shown=False),
        Column("abolished_on", "撤销日期", sort="abolished_on", shown=False),
        Column("contact_office", "工作机构", shown=False),
        Column("contact_address", "办公地址", shown=False, wrap=True),
        Column("contact_postcode", "邮政编码", shown=False),
        Column("contact_hours", "办公时间", shown=False),
        Column("contact_phone", "联系电话", shown=False),
        Column("contact_fax", "传真号码", shown=False),
        Column("contact_internet", "互联网联系方式", shown=False),
    ],
    filters=[
        Search(change=_found, hint="全称、简称、别名、曾用名或代码"),
        Choice("kind", "种类", choices=list(KINDS.items())),
        YesNo(
            "abolished",
            "状态",
            change=lambda q, v: q.exclude(abolished_on=None) if v else q.filter(abolished_on=None),
            yes="已撤销",
            no="在册",
        ),
        YesNo(
            "guide",
            "指南信息",
            change=lambda q, v: q.exclude(GUIDE_INCOMPLETE) if v else q.filter(GUIDE_INCOMPLETE),
            yes="齐全",
            no="不全",
        ),
        DateRange("established", "成立", field="established_on"),
    ],
    row_link=lambda body: reverse("bodies:body", args=[body.pk]),
    empty="还没有机关",
)


def _actions(request: HttpRequest) -> list[Action]:
    return allowed_actions(
        request,
        None,
        ("bodies.create_body", Action("新增机关", reverse("bodies:create_body"), "plus", primary=True)),
        ("bodies.upload_import", Action("从表格导入", reverse("bodies:imports"), "upload")),
    )


def _tabs(current: str) -> list[Tab]:
    return [
        Tab("列表", reverse("bodies:bodies"), current == "list"),
        Tab("机构树", reverse("bodies:tree"), current == "tree"),
    ]


@may("bodies.see_bodies")
@require_safe
def bodies(request: HttpRequest) -> HttpResponseBase:
    """The list, with filters and exports."""
    return LISTING.respond(request, listed_bodies(), title="机关", actions=_actions(request), tabs=_tabs("list"))


@may("bodies.see_bodies")
@require_safe
def body_tree(request: HttpRequest) -> HttpResponse:
    """The tree on a day (``?day=2021-03-01``), each branch to be folded."""
    day, note = chosen_day(request)
    context: dict[str, Any] = {
        "title": "机关",
        "subtitle": "人员：在用账号；有角色：当日有角色的人数。机关名称为当日的名称，隶属关系为现在的。",
        "actions": _actions(request),
        "tabs": _tabs("tree"),
        "tops": tree(day),
        "day": day,
        "note": note,
    }
    return render(request, "bodies/tree.html", context)


def chosen_day(request: HttpRequest) -> tuple[datetime.date, str]:
    """The day in the address, or today; and what to say when it was none."""
    text = request.GET.get("day", "").strip()
    try:
        day = parse_date(text) if text else None
    except ValueError:
        day = None
    if day is not None and 1900 <= day.year < 2200:
        return day, ""
    return timezone.localdate(), f"“{text[:20]}”不是日期，已按今天显示" if text else ""
