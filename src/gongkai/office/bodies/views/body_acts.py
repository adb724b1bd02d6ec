"""The acts on a body, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.office.bodies.forms import body as forms
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services import body_facts, names, reorganisation, tree
from gongkai.office.bodies.views.acting import act_by_form, demand

_asks = require_http_methods(["GET", "HEAD", "POST"])


@may("bodies.create_body")
@_asks
def create_body(request: HttpRequest) -> HttpResponse:
    """A new body; ``?parent=`` names the superior."""
    parent = request.GET.get("parent", "")
    initial = {"parent": parent if parent.isdecimal() else None}
    form = forms.NewBodyForm(request.POST or None, initial=initial)
    return act_by_form(
        request,
        form,
        lambda data: body_facts.create_body(request.actor, data["parent"], ground=data["ground"], **form.values()),
        done="已新增{}",
        back=_page,
        title="新增机关",
        submit="新增",
        cancel=reverse("bodies:bodies"),
        breadcrumbs=[("机关", reverse("bodies:bodies"))],
    )


@may("bodies.edit_body")
@_asks
def edit_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Its facts."""
    body = _body(request, pk, "bodies.edit_body")
    form = forms.BodyForm(request.POST or None, instance=body, initial={"version": body.version})
    return _act(
        request,
        body.pk,
        form,
        lambda data: body_facts.edit_body(
            request.actor, body, form.values(), version=data["version"], ground=data["ground"]
        ),
        title="编辑机关",
        done="已保存",
    )


@may("bodies.edit_contact")
@_asks
def edit_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """What the guide states; for the body's own people too."""
    body = _body(request, pk, "bodies.edit_contact")
    form = forms.ContactForm(request.POST or None, instance=body, initial={"version": body.version})
    return _act(
        request,
        body.pk,
        form,
        lambda data: body_facts.edit_contact(request.actor, body, form.values(), version=data["version"]),
        title="编辑公开指南联系信息",
        done="已保存",
    )


@may("bodies.rename_body")
@_asks
def rename_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name from a day."""
    body = _body(request, pk, "bodies.rename_body")
    form = forms.RenameForm(request.POST or None, initial={"version": body.version})
    return _act(
        request,
        body.pk,
        form,
        lambda data: names.rename_body(request.actor, body, **data),
        title="机关更名",
        done="已更名为{}",
        intro=f"现名称：{body.name}。更名前年度的报告、统计仍用原名称；只是录入有误，请用“更正名称”。",
        submit="更名",
    )


@may("bodies.correct_name")
@_asks
def correct_name(request: HttpRequest, pk: int) -> HttpResponse:
    """The name as it should have been."""
    body = _body(request, pk, "bodies.correct_name")
    form = forms.CorrectNameForm(request.POST or None, initial={"version": body.version, "name": body.name})
    return _act(
        request,
        body.pk,
        form,
        lambda data: names.correct_name(request.actor, body, **data),
        title="更正机关名称",
        done="已更正为{}",
        intro="只用于改正录入错误，不留曾用名；机关确实更名的，请用“更名”。",
        submit="更正",
    )


@may("bodies.record_former_name")
@_asks
def record_former_name(request: HttpRequest, pk: int) -> HttpResponse:
    """A name from earlier times."""
    body = _body(request, pk, "bodies.record_former_name")
    form = forms.FormerNameForm(request.POST or None)
    return _act(
        request,
        body.pk,
        form,
        lambda data: names.record_former_name(request.actor, body, **data),
        title="补记曾用名",
        done="已补记",
        submit="补记",
    )


@may("bodies.move_body")
@_asks
def move_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Another superior."""
    body = _body(request, pk, "bodies.move_body")
    initial = {"version": body.version, "parent": body.parent_id}
    form = forms.MoveForm(request.POST or None, initial=initial, body=body)
    return _act(
        request,
        body.pk,
        form,
        lambda data: tree.move_body(request.actor, body, **data),
        title="调整上级机关",
        done="已调整",
        submit="调整",
    )


@may("bodies.abolish_body")
@_asks
def abolish_body(request: HttpRequest, pk: int) -> HttpResponse:
    """No more, without a successor."""
    body = _body(request, pk, "bodies.abolish_body")
    form = forms.AbolishForm(request.POST or None, initial={"version": body.version}, body=body)
    return _act(
        request,
        body.pk,
        form,
        lambda data: reorganisation.abolish_body(request.actor, body, **data),
        title="撤销机关",
        done="已撤销{}",
        intro="没有承继机关的撤销。撤销后不能恢复，其全部角色随之终止；有承继机关的，请用“并入”或“分设”。",
        submit="撤销机关",
        extra={"danger": True},
    )


@may("bodies.merge_body")
@_asks
def merge_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Into another."""
    body = _body(request, pk, "bodies.merge_body")
    form = forms.MergeForm(request.POST or None, initial={"version": body.version}, body=body)
    return _act(
        request,
        body.pk,
        form,
        lambda data: reorganisation.merge_body(request.actor, body, **data),
        title="机关并入",
        done="{}已并入",
        intro=f"{body.name}并入另一机关，自身撤销。并入后不能恢复。",
        submit="并入",
        extra={"danger": True},
    )


@may("bodies.split_body")
@_asks
def split_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Into several."""
    body = _body(request, pk, "bodies.split_body")
    form = forms.SplitForm(request.POST or None, initial={"version": body.version}, body=body)
    return _act(
        request,
        body.pk,
        form,
        lambda data: reorganisation.split_body(request.actor, body, **{**data, "into": list(data["into"])}),
        title="机关分设",
        done="{}已分设",
        intro=f"{body.name}的职责由几个机关承继；原机关可以继续存在，也可以撤销。",
        submit="分设",
        extra={"danger": True},
    )


@may("bodies.add_alias")
@_asks
def add_alias(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name."""
    body = _body(request, pk, "bodies.add_alias")
    return _act(
        request,
        body.pk,
        forms.AliasForm(request.POST or None),
        lambda data: names.add_alias(request.actor, body, data["name"]),
        title="增加别名",
        done="已增加",
        submit="增加",
    )


@may("bodies.remove_alias")
@require_POST
def remove_alias(request: HttpRequest, pk: int) -> HttpResponse:
    """The alias ``name`` is no more."""
    body = _body(request, pk, "bodies.remove_alias")
    try:
        names.remove_alias(request.actor, body, request.POST.get("name", ""))
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    else:
        messages.success(request, "已删除别名")
    return redirect(_page(body))


def _body(request: HttpRequest, pk: int, code: str) -> Body:
    body = get_object_or_404(Body, pk=pk)
    demand(request, code, body)
    return body


def _page(body: Body) -> str:
    return reverse("bodies:body", args=[body.pk])


def _act(
    request: HttpRequest, pk: int, form: BaseForm, perform: Callable[[dict[str, Any]], Any], **texts: Any
) -> HttpResponse:
    # The form's instance may carry what was typed: the breadcrumb names the body as it is.
    body = Body.objects.only("name").get(pk=pk)
    page = _page(body)
    texts.setdefault("submit", "保存")
    crumbs = [("机关", reverse("bodies:bodies")), (body.name, page)]
    return act_by_form(request, form, perform, back=page, cancel=page, breadcrumbs=crumbs, **texts)
