"""Acts on a case as a whole: who handles it, duplicates, splitting, publication for all, the agreement to extend."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.office.acts.policy import Refused
from gongkai.office.applications.forms.matters import AgreeForm, AssignForm, SplitForm, SuggestForm
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.agreeing import agree_extension
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.duplicates import link_duplicate
from gongkai.office.applications.services.splitting import split
from gongkai.office.applications.services.suggesting import suggest_publication
from gongkai.office.applications.views.acting import act_by_form, case_for, crumbs, page_of
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.services.changes import StaleError

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("applications.assign")
@_asks
def assign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who handles it."""
    case = case_for(request, pk, "applications.assign")
    return act_by_form(
        request,
        AssignForm(request.POST or None, case=case),
        lambda data: assign(request.actor, case, to=data["to"], version=data["version"]),  # type: ignore[attr-defined]
        done="已指定承办人",
        back=page_of(case),
        title="指定承办人",
        submit="指定",
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
    )


@may("applications.agree_extension")
@_asks
def agree_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The head agrees; the handler then extends and tells the applicant."""
    case = case_for(request, pk, "applications.agree_extension")
    return act_by_form(
        request,
        AgreeForm(request.POST or None),
        lambda data: agree_extension(request.actor, case, **data),  # type: ignore[attr-defined]
        done="已同意，承办人可以办理延期",
        back=page_of(case),
        title="同意延长答复期限",
        submit="同意延长",
        cancel=page_of(case),
        intro="延长答复期限应当经政府信息公开工作机构负责人同意并告知申请人，"
        "最长不超过20个工作日（条例 第三十三条第二款）。",
        breadcrumbs=crumbs(case),
    )


@may("applications.split")
@_asks
def split_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Several matters in one application."""
    case = case_for(request, pk, "applications.split")
    form = SplitForm(request.POST or None, initial={"version": case.version, "matters": case.description})
    return act_by_form(
        request,
        form,
        lambda data: split(  # type: ignore[attr-defined]
            request.actor,
            case,
            keeps=data["matters"][0],
            others=data["matters"][1:],
            version=data["version"],
        ),
        done="已拆分",
        back=page_of(case),
        title="按一事一申请拆分",
        submit="拆分",
        cancel=page_of(case),
        breadcrumbs=crumbs(case),
    )


@may("applications.suggest_publication")
@_asks
def suggest_page(request: HttpRequest, pk: int) -> HttpResponse:
    """转主动公开."""
    case = case_for(request, pk, "applications.suggest_publication")
    return act_by_form(
        request,
        SuggestForm(request.POST or None),
        lambda data: suggest_publication(request.actor, case, **data),  # type: ignore[attr-defined]
        done="已记录建议",
        back=page_of(case),
        title="建议转主动公开",
        submit="建议主动公开",
        cancel=page_of(case),
        intro="多个申请人就相同政府信息向同一行政机关提出公开申请，且该政府信息属于可以公开的，"
        "可以纳入主动公开的范围（条例 第四十四条）。",
        breadcrumbs=crumbs(case),
    )


@may("applications.link_duplicate")
@require_POST
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """``earlier``: the key of the first application; ``version``: of the case as the page showed it."""
    case = case_for(request, pk, "applications.link_duplicate")
    earlier = get_object_or_404(Application, pk=_number(request, "earlier"), body_id=case.body_id)
    try:
        link_duplicate(  # type: ignore[attr-defined]
            request.actor, case, earlier=earlier, version=_number(request, "version")
        )
    except StaleError as stale:
        messages.error(request, f"{stale}，没有标记；请核对后再标记。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已标记为{earlier}的重复申请")
    return redirect(page_of(case))


def _number(request: HttpRequest, name: str) -> int:
    """What a hidden field says; 0, which nothing has, for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
