"""The lists of batches and of documents."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongkai.checks import catalogue
from gongkai.office.analysis.models import Document, State
from gongkai.office.analysis.showing.states import batch_badge, findings_badge, state_badge
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search, YesNo
from gongkai.report.model import KINDS

MINE = "mine"


def _with_errors(query: QuerySet[Any], yes: bool) -> QuerySet[Any]:
    return query.filter(errors__gt=0) if yes else query.filter(errors=0, state=State.READ)


def _years(request: HttpRequest) -> list[tuple[str, str]]:
    seen = Document.objects.visible_to(request.user).exclude(year=None).order_by("-year")
    return [(str(year), f"{year}年") for year in seen.values_list("year", flat=True).distinct()]


def _batch_state(query: QuerySet[Any], state: str) -> QuerySet[Any]:
    wanted = {"open": {"open__gt": 0}, "failed": {"failed__gt": 0}, "done": {"open": 0, "failed": 0}}
    return query.filter(**wanted[state])


BATCHES = Listing(
    columns=[
        Column("name", "批次", sort="name", wrap=True),
        Column("state", "状态", value=batch_badge),
        Column("count", "文件数", align="end", sort="count"),
        Column("read_count", "已读取", align="end", sort="read_count"),
        Column("errors", "错误", align="end", sort="errors"),
        Column("warnings", "警告", align="end", sort="warnings"),
        Column("body", "机关", value=lambda batch: batch.body.name, sort="body__name"),
        Column("person", "上传人", value=lambda batch: batch.person.name, sort="person__name"),
        Column("at", "上传时间", sort="at"),
    ],
    filters=[
        Search(on=["name", "person__name", "body__name"], hint="批次、上传人、机关"),
        Choice(
            "state",
            "状态",
            choices=[("open", "正在读取"), ("failed", "有未能读取的"), ("done", "全部已读取")],
            change=_batch_state,
        ),
        YesNo("errors", "有错误", change=lambda q, yes: q.filter(errors__gt=0) if yes else q.filter(errors=0)),
        DateRange("at", "上传时间", moments=True),
    ],
    row_link=lambda batch: reverse("analysis:batch", args=[batch.pk]),
    order=["-at"],
    empty="还没有上传过报告",
)

_COLUMNS = [
    Column("name", "文件", sort="name", wrap=True),
    Column("state", "状态", value=state_badge, sort="state"),
    Column("findings", "核对结果", value=findings_badge, sort=["errors", "warnings", "hints"]),
    Column("agency", "报告机关", sort="agency"),
    Column("year", "年度", value=lambda document: f"{document.year}年" if document.year else None, sort="year"),
    Column("kind", "机关种类", sort="kind", shown=False),
    Column("errors", "错误", align="end", sort="errors", shown=False),
    Column("warnings", "警告", align="end", sort="warnings", shown=False),
    Column("hints", "提示", align="end", sort="hints", shown=False),
    Column("unread", "未能核对", align="end", sort="unread"),
    Column("format", "格式", value=lambda document: document.format_name, sort="format"),
    Column("reason", "未能读取的原因", wrap=True),
    Column("milliseconds", "用时（毫秒）", align="end", sort="milliseconds", shown=False),
]
_FILTERS = [
    Search(on=["name", "agency", "title"], hint="文件名、机关、标题"),
    Choice("state", "状态", choices=State.choices),
    Choice("year", "年度", choices=_years),
    Choice("kind", "机关种类", choices=list(KINDS.items())),
    YesNo("errors", "有错误", change=_with_errors),
    Choice(
        "check",
        "问题",
        choices=lambda request: [(name, f"{one.id} {one.title}") for name, one in catalogue().items()],
        change=lambda query, check: query.filter(checks__has_key=check),
    ),
]


def _open(document: Document) -> str:
    return reverse("analysis:document", args=[document.pk])


OF_BATCH = Listing(columns=_COLUMNS, filters=_FILTERS, row_link=_open, order=["number"], empty="这一批没有文件")
DOCUMENTS = Listing(
    columns=[
        *_COLUMNS,
        Column("batch", "批次", value=lambda document: document.batch.name, shown=False),
        Column("at", "上传时间", value=lambda document: document.batch.at, sort="batch__at"),
    ],
    filters=_FILTERS,
    row_link=_open,
    order=["-batch__at", "number"],
    empty="还没有上传过报告",
)
