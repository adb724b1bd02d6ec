"""更正申请 (条例 第四十一条): the list, a new one, one with its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.acts.personal import masks
from gongkai.office.acts.timeline import history_of
from gongkai.office.applications.forms.rectifying import FinishForm, RectificationForm
from gongkai.office.applications.letters import FORMATS, LetterError
from gongkai.office.applications.letters import render as on_paper
from gongkai.office.applications.letters.checking import newest
from gongkai.office.applications.models import Rectification
from gongkai.office.applications.selectors.rectified import KINDS, letter_of
from gongkai.office.applications.selectors.seeing import bodies_of, team_bodies, visible_rectifications
from gongkai.office.applications.services.listing import export_list
from gongkai.office.applications.services.rectifying import finish_rectification as finish
from gongkai.office.applications.services.rectifying import register_rectification
from gongkai.office.applications.views.acting import act_by_form, as_file
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.views.acting import allowed_actions, demand, verdict
from gongkai.office.look.components import Fact
from gongkai.office.look.frame import Action
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search
from gongkai.office.look.words import date_cn
from gongkai.rendering.errors import RenderingError

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("applications.see")
@require_safe
def rectifications(request: HttpRequest) -> HttpResponseBase:
    """All that the person sees; files name nobody."""
    known = team_bodies(request.user)  # type: ignore[arg-type]
    listing = Listing(
        columns=[
            Column("number", "登记号", value=lambda one: f"{one.year}-{one.number:04d}", sort=("year", "number")),
            Column("body__name", "受理机关", shown=len(known) != 1),
            Column("applicant", "申请人", value=lambda one: _name(one, known), export=lambda one: _name(one, set())),
            Column("record", "记录", wrap=True),
            Column("received_on", "收到日期", sort="received_on"),
            Column("result", "处理结果", sort="result"),
            Column("told_on", "告知日期", sort="told_on"),
        ],
        filters=[
            Search(on=["record", "request"], hint="记录、请求"),
            Choice(
                "result",
                "处理结果",
                choices=[("open", "未办结"), *Rectification.Result.choices],
                change=lambda found, value: found.filter(result="" if value == "open" else value),
            ),
            DateRange("received", "收到", field="received_on"),
        ],
        row_link=lambda one: reverse("applications:rectification", args=[one.pk]),
        empty="还没有更正申请",
    )
    new = Action("登记更正申请", reverse("applications:new_rectification"), "plus", primary=True)
    return listing.respond(
        request,
        visible_rectifications(request.user).select_related("body"),  # type: ignore[arg-type]
        title="更正申请",
        subtitle="有证据证明与自身相关的政府信息记录不准确，要求更正的（条例 第四十一条）；不计入年度报告的申请表",
        actions=allowed_actions(request, None, ("applications.register_rectification", new)),
        on_export=lambda req, form, count: export_list(req.actor, None, form=form, count=count),  # type: ignore[attr-defined]
    )


@may("applications.register_rectification")
@_asks
def new_rectification(request: HttpRequest) -> HttpResponse:
    """Taken down as it was stated."""
    form = RectificationForm(request.POST or None, bodies=bodies_of(request.user, Role.REGISTRAR))  # type: ignore[arg-type]
    back = reverse("applications:rectifications")
    return act_by_form(
        request,
        form,
        lambda data: register_rectification(  # type: ignore[attr-defined]
            request.actor, data["body"], received_on=data["received_on"], fields=form.stated()
        ),
        done="已登记：{}",
        back=_page,
        title="登记更正申请",
        submit="登记",
        cancel=back,
        breadcrumbs=[("更正申请", back)],
    )


@may("applications.see")
@require_safe
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """One, with what happened to it."""
    one = _one(request, pk, "applications.see")
    known = team_bodies(request.user)  # type: ignore[arg-type]
    facts = [
        Fact("受理机关", one.body.name),
        Fact("收到日期", date_cn(one.received_on)),
        Fact("申请人", _name(one, known)),
        Fact("联系电话", one.phone.mask if one.phone else None),
        Fact("通信地址", one.address.mask if one.address else None),
        Fact("记录", one.record),
        Fact("不准确之处和更正请求", one.request),
        Fact("证据", one.evidence),
        Fact("处理结果", one.get_result_display() or "未办结"),
        Fact("处理情况和理由", one.explanation),
        Fact("有权更正的机关", one.other_body),
        Fact("告知申请人", date_cn(one.told_on)),
    ]
    end = Action("办结", reverse("applications:finish_rectification", args=[one.pk]), "check", primary=True)
    context = {
        "title": str(one),
        "breadcrumbs": [("更正申请", reverse("applications:rectifications"))],
        "actions": [] if one.result else allowed_actions(request, one, ("applications.finish_rectification", end)),
        "facts": [fact for fact in facts if fact.value],
        "timeline": history_of(one),
        "letters": _letters(one) if verdict(request, "applications.see_applicant", one) else [],
    }
    return render(request, "applications/rectification.html", context)


def _letters(one: Rectification) -> list[dict[str, Any]]:
    """Title and number of each, with the addresses of its files."""
    return [
        {
            "title": newest(kind).title,
            "number": one.numbers[kind],
            "files": [
                (format.upper(), reverse("applications:rectification_letter", args=[one.pk, kind, format]))
                for format in FORMATS
            ],
        }
        for kind in one.numbers
    ]


@may("applications.see_applicant")
@require_safe
def rectification_letter(request: HttpRequest, pk: int, kind: str, format: str) -> HttpResponse:
    """Made of the record, which the end has fixed: to be printed and stamped."""
    one = _one(request, pk, "applications.see_applicant")
    if format not in FORMATS or kind not in KINDS:
        raise Http404
    try:
        data = on_paper(letter_of(one, kind), format)
    except (LetterError, RenderingError) as error:
        messages.error(request, f"{error}。")
        return redirect(_page(one))
    return as_file(data, f"{newest(kind).title}（{one.numbers[kind]}）", format)


@may("applications.finish_rectification")
@_asks
def finish_rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrected, refused, passed on, or shown the way."""
    one = _one(request, pk, "applications.finish_rectification")
    initial = {"version": one.version, "told_on": timezone.localdate()}
    return act_by_form(
        request,
        FinishForm(request.POST or None, initial=initial),
        lambda data: finish(request.actor, one, **data),  # type: ignore[attr-defined]
        done="已办结",
        back=_page,
        title="办结更正申请",
        submit="办结",
        cancel=_page(one),
        breadcrumbs=[("更正申请", reverse("applications:rectifications")), (str(one), _page(one))],
        extra={"facts": [Fact("记录", one.record), Fact("更正请求", one.request), Fact("证据", one.evidence)]},
    )


def _one(request: HttpRequest, pk: int, code: str) -> Any:
    one = get_object_or_404(visible_rectifications(request.user).select_related("body"), pk=pk)  # type: ignore[arg-type]
    demand(request, code, one)
    return one


def _name(one: Rectification, known: set[int]) -> str:
    return one.applicant_name if one.body_id in known else masks.person(one.applicant_name)


def _page(one: Rectification) -> str:
    return reverse("applications:rectification", args=[one.pk])
