"""The system administrator says whose the accounts of 统一身份认证 are."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.acts.policy import Refused
from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import OutsideRequest
from gongkai.office.bodies.sign_in.services import outside
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonField, ReasonForm, confirm_page, form_page
from gongkai.office.look.frame import Tab
from gongkai.office.look.lists import Column, Listing, Search

TITLE = "外部账号"

_REQUESTS = Listing(
    [
        Column("name", "外部姓名", link=lambda row: reverse("sign_in:link", args=[row.pk]), value=str),
        Column("account", "外部登录名"),
        Column("claim", "工号等"),
        Column("first_at", "首次时间", sort="first_at"),
        Column("last_at", "最近时间", sort="last_at"),
        Column("times", "次数", align="end"),
        Column("subject", "外部账号编号", shown=False),
    ],
    [Search(label="姓名、登录名、工号", on=["name", "account", "claim"])],
    order=("-last_at",),
    empty="没有等待关联的外部账号",
)
_LINKED = Listing(
    [
        Column("user__name", "姓名", link=lambda row: reverse("sign_in:unlink", args=[row.user_id])),
        Column("user__account", "登录名"),
        Column("user__body__name", "所在机关", wrap=True),
        Column("shown", "外部姓名", value=lambda row: row.extra_data.get("name", "")),
        Column("uid", "外部账号编号", wrap=True),
        Column("date_joined", "关联时间", sort="date_joined"),
        Column("last_login", "最近使用", sort="last_login"),
    ],
    [Search(label="姓名、登录名", on=["user__name", "user__account"])],
    order=("user__body__order", "pk"),
    empty="还没有关联外部账号",
)


def _tabs(current: str) -> list[Tab]:
    return [
        Tab("等待关联", reverse("sign_in:requests"), current == "requests", OutsideRequest.objects.count()),
        Tab("已关联", reverse("sign_in:linked"), current == "linked"),
    ]


class LinkForm(forms.Form):
    """Whose it is."""

    account = forms.CharField(
        label="登录名",
        max_length=60,
        help_text="此人在本系统的登录名",
        error_messages={"required": "请填写登录名。"},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    reason = ReasonField(label="依据", help_text="如何核实两个账号是同一人；将原样记入操作记录")

    def clean_account(self) -> str:
        """Raises ``ValidationError`` for a name that nobody has."""
        self.person = Person.objects.filter(account__iexact=self.cleaned_data["account"].strip()).first()
        if self.person is None:
            raise ValidationError("没有这个登录名。")
        if against := outside.why_not(self.person):
            raise ValidationError(against)
        return self.person.account


@may("bodies.link_outside_account")
@require_safe
def requests(request: HttpRequest) -> HttpResponseBase:
    """Outside accounts that came to the door and are nobody's."""
    return _REQUESTS.respond(request, OutsideRequest.objects.all(), title=TITLE, tabs=_tabs("requests"))


@may("bodies.link_outside_account")
@require_safe
def linked(request: HttpRequest) -> HttpResponseBase:
    """Whose they are."""
    rows = SocialAccount.objects.select_related("user__body")
    return _LINKED.respond(request, rows, title=TITLE, tabs=_tabs("linked"))


@may("bodies.link_outside_account")
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """This one is theirs."""
    asked = get_object_or_404(OutsideRequest, pk=pk)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            outside.link_outside_account(
                request.actor,
                form.person,
                provider=asked.provider,
                subject=asked.subject,
                name=asked.name,
                ground=form.cleaned_data["reason"],
            )
        except Refused as error:
            form.add_error("account", str(error))
        else:
            messages.success(request, f"已关联：{asked} → {form.person.name}。")
            return redirect("sign_in:requests")
    facts = [
        Fact("外部姓名", asked.name),
        Fact("外部登录名", asked.account),
        Fact("工号等", asked.claim),
        Fact("外部账号编号", asked.subject),
        Fact("首次时间", asked.first_at),
        Fact("最近时间", asked.last_at),
    ]
    return form_page(
        request,
        form,
        title="关联外部账号",
        submit="关联",
        cancel=reverse("sign_in:requests"),
        breadcrumbs=_crumbs(),
        template="sign_in/link.html",
        extra={"facts": facts, "asked": asked},
    )


@may("bodies.dismiss_outside_request")
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody of ours."""
    asked = get_object_or_404(OutsideRequest, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outside.dismiss_outside_request(request.actor, asked, ground=form.cleaned_data["reason"])
        messages.success(request, f"已移除：{asked}。")
        return redirect("sign_in:requests")
    question = f"把“{asked}”从等待关联的名单中移除？再次登录时会重新列入。"
    return _ask(request, form, "移除", question, reverse("sign_in:requests"))


@may("bodies.unlink_outside_account")
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Not theirs any more."""
    who = get_object_or_404(Person.objects.filter(socialaccount__isnull=False).distinct(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outside.unlink_outside_account(request.actor, who, ground=form.cleaned_data["reason"])
        messages.success(request, f"已解除：{who.name}。")
        return redirect("sign_in:linked")
    question = f"解除{who.name}的外部账号？此后不能再用它登录，其所有登录立即结束。"
    return _ask(request, form, "解除关联", question, reverse("sign_in:linked"))


def _ask(request: HttpRequest, form: ReasonForm, title: str, question: str, cancel: str) -> HttpResponse:
    return confirm_page(
        request, title=title, question=question, submit=title, cancel=cancel, form=form, breadcrumbs=_crumbs()
    )


def _crumbs() -> list[tuple[str, Any]]:
    return [(TITLE, reverse("sign_in:requests"))]
