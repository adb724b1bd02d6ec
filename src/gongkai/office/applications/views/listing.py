"""The list of cases, the person's own filters, who has how much to do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.applications.choices import ApplicantKind, Channel
from gongkai.office.applications.models import Application, SavedFilter
from gongkai.office.applications.models.application import state_choices
from gongkai.office.applications.selectors.clock import Urgency, days_left
from gongkai.office.applications.selectors.decisions import outcome_label
from gongkai.office.applications.selectors.listed import by_urgency, stuck, workload
from gongkai.office.applications.selectors.seeing import bodies_of, masked_name, team_bodies, visible_cases
from gongkai.office.applications.services.listing import drop_filter, export_list, keep_filter
from gongkai.office.bodies.gate import may, signed_in
from gongkai.office.bodies.models import Body, Person, RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.standing import reach
from gongkai.office.bodies.views.acting import allowed_actions
from gongkai.office.look.badges import Badge, clock_badge
from gongkai.office.look.frame import Action
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, PrivateSearch, YesNo

URGENCY_TONES = {"green": "good", "yellow": "caution", "orange": "urgent", "red": "bad"}
_LONGEST = 60  # characters of the description in a row
_NOBODY = "none"


def due_badge(case: Application, today: Any) -> Badge | None:
    """How near the last day is; what stands still or has ended says so instead."""
    if case.finished_on is not None:
        late = case.replied_on is not None and case.due is not None and case.replied_on > case.due
        return Badge("逾期答复", "bad") if late else None
    if case.due is None:
        return Badge("停止计算" if case.received_on else "待确认", "info")
    badge = clock_badge(days_left(case.due, today))
    return Badge(f"{badge.text}（预估）", badge.tone) if case.provisional else badge


def listing_for(request: HttpRequest) -> Listing:
    """Who applied is shown where the person is of the team; a file never names anybody."""
    known = team_bodies(request.user)  # type: ignore[arg-type]
    today = timezone.localdate()

    def applicant(case: Application) -> str:
        return case.applicant_name if case.body_id in known else masked_name(case)

    def text(cases: Any, words: str) -> Any:
        for word in words.split():
            named = Q(applicant_name__icontains=word, body_id__in=known)
            match = named | Q(description__icontains=word) | Q(code__iexact=word, body_id__in=known)
            if word.isdecimal() and len(word) < 9:
                match |= Q(number=int(word))
            cases = cases.filter(match)
        return cases

    return Listing(
        columns=[
            Column("number", "登记号", value=_number, sort=("year", "number")),
            Column("body", "受理机关", value=lambda c: c.body.short_name or c.body.name, shown=len(known) != 1),
            Column("applicant", "申请人", value=applicant, export=masked_name),
            Column("description", "所需信息", value=_short, export=lambda c: c.description, wrap=True),
            Column("channel", "提交方式"),
            Column("received_on", "收到之日", sort="received_on"),
            Column("due", "答复期限", sort="due"),
            Column("clock", "还剩", value=lambda c: due_badge(c, today)),
            Column("handler", "承办人", value=lambda c: c.handler and c.handler.name, sort="handler__name"),
            Column("state", "状态", sort="state"),
            Column("applicant_kind", "申请人类别", shown=False),
            Column("outcome", "处理结果", value=lambda c: outcome_label(c.outcome), shown=False),
            Column("replied_on", "答复日期", sort="replied_on", shown=False),
            Column("served_on", "送达日期", sort="served_on", shown=False),
            Column("arrived_on", "提交日期", sort="arrived_on", shown=False),
        ],
        filters=[
            PrivateSearch(change=text, hint="所需信息、申请人、登记号或查询码"),
            Choice("urgency", "期限", choices=Urgency.choices, change=lambda cases, v: by_urgency(cases, v, today)),
            Choice("state", "状态", choices=[("open", "未办结"), *state_choices()], change=_by_state),
            Choice("handler", "承办人", choices=_handlers, change=_by_handler),
            Choice("kind", "申请人类别", choices=ApplicantKind.choices, field="applicant_kind"),
            Choice("channel", "提交方式", choices=Channel.choices),
            DateRange("received", "收到", field="received_on"),
            YesNo(
                "mine",
                "我承办的",
                change=lambda cases, v: (
                    cases.filter(handler=request.user) if v else cases.exclude(handler=request.user)
                ),
            ),
            YesNo(
                "stuck",
                "长期未动",
                change=lambda cases, v: (
                    stuck(cases, today) if v else cases.exclude(pk__in=stuck(cases, today).order_by().values("pk"))
                ),
            ),
            Choice("body", "机关", choices=_bodies, field="body_id"),
        ],
        row_link=lambda case: reverse("applications:case", args=[case.pk]),
        order=("-year", "-number"),
        empty="没有符合条件的申请",
    )


@may("applications.see")
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest) -> HttpResponseBase:
    """All that the person sees."""
    person: Person = request.user  # type: ignore[assignment]
    found = visible_cases(person).select_related("body", "handler")
    extra = {"saved": list(SavedFilter.objects.filter(person=person)), "query": _conditions(request.GET)}
    actions = allowed_actions(
        request,
        None,
        ("applications.submitted", Action("登记申请", reverse("applications:new_case"), "plus", primary=True)),
        ("applications.import_register", Action("导入台账", reverse("applications:imports"), "upload")),
        ("applications.see", Action("工作量", reverse("applications:workload"), "users")),
        ("applications.keep_calendar", Action("期限日历", reverse("applications:calendar"), "calendar")),
    )
    keeping = bodies_of(person, Role.REGISTRAR, Role.SIGNATORY)
    if len(keeping) == 1:
        actions.append(Action("文书设置", reverse("applications:prefix", args=[keeping[0].pk]), "settings"))
    return listing_for(request).respond(
        request,
        found,
        title="政府信息公开申请",
        actions=actions,
        template="applications/list.html",
        extra=extra,
        on_export=lambda req, form, count: export_list(
            req.actor,  # type: ignore[attr-defined]
            None,
            form=form,
            count=count,
        ),
    )


@may("applications.keep_filter")
@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    """The conditions of the list under a name."""
    name = " ".join(request.POST.get("name", "").split())[:40]
    query = _conditions(QueryDict(request.POST.get("query", "")[:1000]))
    if not name or not query:
        messages.error(request, "请先选定筛选条件（搜索的文字不随筛选保存），再填写名称保存")
    else:
        keep_filter(request.actor, None, name=name, query=query)  # type: ignore[attr-defined]
        messages.success(request, f"已保存筛选“{name}”")
    return redirect(f"{reverse('applications:cases')}?{query}")


@signed_in
@require_POST
def delete_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own."""
    kept = get_object_or_404(SavedFilter, pk=pk, person=request.user)
    drop_filter(request.actor, kept)  # type: ignore[attr-defined]
    return redirect("applications:cases")


@may("applications.see")
@require_safe
def workload_page(request: HttpRequest) -> HttpResponse:
    """Open cases by handler, with how near their last days are."""
    address = reverse("applications:cases")
    rows = [
        {
            "name": row["handler__name"] or "尚未指定承办人",
            "href": f"{address}?state=open&handler={row['handler_id'] or _NOBODY}",
            "open": row["open"],
            "finished": row["finished"],
            "standing": row["standing"],
            "counts": [
                Badge(str(row[u.value]), URGENCY_TONES[u.value] if row[u.value] else "neutral") for u in Urgency
            ],  # type: ignore[arg-type]
        }
        for row in workload(visible_cases(request.user), timezone.localdate())  # type: ignore[arg-type]
    ]
    context = {
        "title": "工作量",
        "subtitle": "未办结的申请，按承办人；最近一年办结的件数",
        "breadcrumbs": [("申请", address)],
        "rows": rows,
        "colours": Urgency.labels,
    }
    return render(request, "applications/workload.html", context)


def _number(case: Application) -> str:
    return f"{case.year}-{case.number:04d}"


def _short(case: Application) -> str:
    text = " ".join(case.description.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"


def _by_state(cases: Any, value: str) -> Any:
    return cases.open() if value == "open" else cases.filter(state=value)


def _by_handler(cases: Any, value: str) -> Any:
    return cases.filter(handler=None) if value == _NOBODY else cases.filter(handler_id=value)


def _handlers(request: HttpRequest) -> list[tuple[str, str]]:
    # Those who may or might have handled: asked of the roles, which are few, and not of the cases, which are many.
    holdings, reached = RoleHolding.objects.filter(role=Role.HANDLER), reach(request.user)
    if reached is not None:
        holdings = holdings.filter(body__in=reached)
    people = Person.objects.filter(pk__in=holdings.values("person")).order_by("name")
    return [(_NOBODY, "尚未指定"), *((str(pk), name) for pk, name in people.values_list("pk", "name"))]


def _bodies(request: HttpRequest) -> list[tuple[str, str]]:
    cases = visible_cases(request.user).order_by().filter(body=OuterRef("pk"))
    bodies = Body.objects.filter(Exists(cases)).order_by("order", "pk")
    return [(str(pk), name) for pk, name in bodies.values_list("pk", "name")]


def _conditions(params: QueryDict) -> str:
    """What of an address is worth keeping: no page, no export, and no words, in which somebody may be named."""
    kept = params.copy()
    for name in ("page", "export", "csrfmiddlewaretoken", "q"):
        kept.pop(name, None)
    for name in [name for name in kept if not kept.get(name)]:
        kept.pop(name)
    return kept.urlencode()[:1000]
