"""The log as a list."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.acts.selectors.search import AT_MOST, Acts
from gongkai.office.acts.verbs import VERBS
from gongkai.office.audit.policy import policy
from gongkai.office.audit.selectors.acts import acts_for, kinds_of_things
from gongkai.office.audit.services.exporting import export_list
from gongkai.office.audit.services.reading import read
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Body, Person
from gongkai.office.look.frame import Action
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search
from gongkai.office.look.lists.state import read_state

TITLE = "操作日志"
_PEOPLE = 500  # more than a county has of one name


def _by_person(found: QuerySet[Act], name: str) -> QuerySet[Act]:
    """Names as they are today lead to the people; names as they were are in the log itself."""
    if name == SYSTEM.name:
        return found.filter(actor_id=None, actor_name=name)
    people = Person.objects.filter(Q(name__icontains=name) | Q(account__iexact=name)).values_list("pk", flat=True)
    # As a list: with the question in place of its answer PostgreSQL would go through the whole log.
    return found.filter(actor_id__in=list(people[:_PEOPLE]))


def _words(found: Acts, text: str) -> Acts:
    return found.having(text)


def _verbs(request: HttpRequest) -> list[tuple[str, str]]:
    return sorted(((verb.code, verb.label) for verb in VERBS.values()), key=lambda choice: choice[1])


def _bodies(request: HttpRequest) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Body.objects.values_list("pk", "name")]


def _address(act: Act) -> str:
    return reverse("audit:act", args=[act.pk])


LOG = Listing(
    columns=[
        Column("at", "时间", sort="at"),
        Column("actor_name", "操作人"),
        Column("role", "角色", shown=False),
        Column("standing_in_for", "代谁行使", shown=False),
        Column("body_name", "机关"),
        Column("label", "动作"),
        Column("thing_name", "事项", wrap=True),
        Column("ground", "依据或理由", wrap=True),
        Column("request_number", "请求号", shown=False),
        Column("address", "来源地址", shown=False),
        Column("pk", "编号", align="end", shown=False),
    ],
    filters=[
        Search("q", "搜索", hint="事项、依据或内容中的字词", change=_words),
        Search("person", "操作人", hint="姓名或登录名", change=_by_person),
        Choice("body", "机关", choices=_bodies, field="body_id"),
        Choice("verb", "动作", choices=_verbs),
        Choice("thing_type", "事项类型", choices=lambda request: kinds_of_things()),
        Search("thing_id", "事项编号", change=lambda found, text: found.filter(thing_id=text)),
        DateRange("at", "时间", moments=True),
        Search("request", "请求号", change=lambda found, text: found.filter(request_number=text)),
    ],
    row_link=_address,
    empty="没有符合条件的操作记录",
)


@may("audit.read")
@require_safe
def log(request: HttpRequest) -> HttpResponseBase:
    """What the person may see, by conditions; looking is logged, and so is taking the list out as a file."""
    found = acts_for(request.user)  # type: ignore[arg-type]
    conditions = [
        (bound.filter.label, bound.words)
        for bound in read_state(request, LOG.columns, LOG.filters, ()).filters
        if bound.words
    ]
    if request.GET.get("export"):
        return LOG.respond(
            request,
            found,
            title=TITLE,
            on_export=lambda req, format, count: export_list(
                request.actor,  # type: ignore[attr-defined]
                None,
                format,
                count,
                conditions,
            ),
        )
    listing = LOG.page(request, found.for_list(), caption=TITLE)
    # Afterwards, or else every search would find itself.
    read(request.actor, conditions)  # type: ignore[attr-defined]
    actions = []
    if policy.may(request.actor, "audit.export_chain"):  # type: ignore[attr-defined]
        actions.append(Action("导出可校验的日志", reverse("audit:export"), "download"))
    return render(
        request,
        "audit/log.html",
        {
            "title": TITLE,
            "subtitle": f"列出最近的记录，至多{AT_MOST}条；更早的请用时间等条件查找。查阅本身也记入日志。",
            "actions": actions,
            "listing": listing,
        },
    )
