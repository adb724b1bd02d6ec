"""登记: entering an application, and the receipt for the applicant."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.acts.policy import Refused
from gongkai.office.acts.services.attachments import RefusedFileError, attach
from gongkai.office.applications.choices import Channel
from gongkai.office.applications.forms.registering import CorrectForm, RegisterForm
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.channels import ARTICLE, RECEIPT_RULES
from gongkai.office.applications.selectors.clock import deadline_of
from gongkai.office.applications.selectors.content import IDENTITY_PAPER
from gongkai.office.applications.selectors.seeing import bodies_of
from gongkai.office.applications.services.correcting import correct_entry
from gongkai.office.applications.services.registering import register
from gongkai.office.applications.views.acting import act_by_form, case_for, crumbs, page_of
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.roles import Role
from gongkai.office.look.components import Fact
from gongkai.office.look.words import date_cn


@may("applications.submitted")
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """One application; its files are acts of their own after it, so that a bad file does not lose the case."""
    bodies = bodies_of(request.user, Role.REGISTRAR)  # type: ignore[arg-type]
    form = RegisterForm(request.POST or None, request.FILES or None, bodies=bodies)

    def perform(data: dict[str, Any]) -> Application:
        case: Application = register(
            request.actor,  # type: ignore[attr-defined]
            data["body"],
            channel=data["channel"],
            arrived_on=data["arrived_on"],
            fields=form.stated(),
        )
        attach_all(request, case, data["identity_files"], label=IDENTITY_PAPER)
        attach_all(request, case, data["papers"], label="申请材料")
        return case

    return act_by_form(
        request,
        form,
        perform,
        done="已登记：{}",
        back=page_of,
        title="登记申请",
        submit="登记",
        cancel=reverse("applications:cases"),
        breadcrumbs=[("申请", reverse("applications:cases"))],
    )


@may("applications.correct_entry")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was taken down wrongly."""
    case = case_for(request, pk, "applications.correct_entry")
    form = CorrectForm(request.POST or None, instance=case, initial={"version": case.version})
    return act_by_form(
        request,
        form,
        lambda data: correct_entry(  # type: ignore[attr-defined]
            request.actor,
            case,
            form.stated(),
            version=data["version"],
            ground=data["ground"],
        ),
        done="已更正登记",
        back=page_of(case),
        title="更正登记",
        submit="更正",
        cancel=page_of(case),
        intro="只更正录入错误。申请人补正的内容，请在“收到补正的申请”中登记。",
        breadcrumbs=crumbs(case),
    )


def attach_all(request: HttpRequest, case: Application, uploads: list[Any], *, label: str) -> None:
    """Each file as an act; what is not taken is said, and the others go on."""
    for upload in uploads:
        try:
            attach(request.actor, case, upload, label=label)  # type: ignore[attr-defined]
        except (RefusedFileError, Refused) as refusal:
            messages.error(request, str(refusal))


@may("applications.see_applicant")
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """接收回执: what was received when, when it is due, and how the applicant can follow it; to be printed."""
    case = case_for(request, pk, "applications.see_applicant")
    deadline, rule = deadline_of(case), RECEIPT_RULES[Channel(case.channel)]
    facts = [
        Fact("申请人", case.applicant_name + (f"、{case.joint_applicants}" if case.joint_applicants else "")),
        Fact("受理机关", case.body.name),
        Fact("登记号", str(case)),
        Fact("提交方式", case.get_channel_display()),
        Fact("提交、签收或寄达日期", date_cn(case.arrived_on)),
        Fact(
            "收到之日",
            date_cn(case.received_on) or "待与您确认",
            note=f"{rule}（{ARTICLE}）",
        ),
        Fact("所需信息", case.description),
        Fact("信息形式、获取方式", f"{case.get_form_display() or '未写明'}，{case.get_way_display() or '未写明'}"),
        Fact("答复期限", date_cn(deadline.due) if deadline and deadline.due else "自收到之日起20个工作日"),
        Fact("查询码", case.code, note="凭查询码和电话号码后四位查询办理情况，请妥善保存"),
    ]
    context = {
        "title": "政府信息公开申请接收回执",
        "case": case,
        "facts": facts,
        "back": page_of(case),
        "breadcrumbs": crumbs(case),
    }
    return render(request, "applications/receipt.html", context)
