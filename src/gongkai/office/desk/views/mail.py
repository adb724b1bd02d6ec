"""Mails that the office sent or could not send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.office.acts.models import Mail
from gongkai.office.bodies.gate import may
from gongkai.office.desk.services.mail import send_again as perform
from gongkai.office.look.badges import Badge, Tone
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, confirm_page
from gongkai.office.look.lists import Choice, Column, DateRange, Listing, PrivateSearch, YesNo

State = Mail.State
_STUCK = (State.UNCERTAIN, State.FAILED)
_TONES: dict[str, Tone] = {State.SENT: "good", State.UNCERTAIN: "caution", State.FAILED: "bad"}


def _stuck(found: Any, yes: bool) -> Any:
    return found.filter(state__in=_STUCK) if yes else found.exclude(state__in=_STUCK)


def _sought(found: Any, text: str) -> Any:
    # Addresses are encrypted: only a whole one is found, by its hash.
    return found.filter(Q(subject__icontains=text) | Q(to_hash=text))


def _again(mail: Mail) -> str | None:
    return reverse("desk:send_again", args=[mail.pk]) if mail.state in _STUCK else None


MAILS = Listing(
    columns=[
        Column("created_at", "写入时间", sort="created_at"),
        Column("to", "收件地址", value=lambda mail: mail.to.mask),
        Column("subject", "主题", wrap=True),
        Column("state", "状态", value=lambda mail: Badge(mail.get_state_display(), _TONES.get(mail.state, "info"))),
        Column("again", "处理", value=lambda mail: "重发" if mail.state in _STUCK else "", link=_again),
        Column("trouble", "问题", wrap=True),
        Column("sent_at", "发出时间", sort="sent_at"),
        Column("attempts", "次数", align="end", shown=False),
    ],
    filters=[
        PrivateSearch(hint="主题，或完整的收件地址", change=_sought),
        Choice("state", "状态", choices=State.choices),
        YesNo("open", "须人工处理", change=_stuck),
        DateRange("at", "写入时间", field="created_at", moments=True),
    ],
    empty="没有邮件",
)


@may("desk.see_mail")
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponseBase:
    """Masked addresses and subjects; what stands in a mail is nobody's business here."""
    return MAILS.respond(request, Mail.objects.defer("text"), title="邮件发送")


@may("desk.send_again")
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason first: an uncertain mail may arrive a second time."""
    one = get_object_or_404(Mail.objects.defer("text"), pk=pk, state__in=_STUCK)
    page = reverse("desk:mail")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        perform(request.actor, one, ground=form.cleaned_data["reason"])  # type: ignore[attr-defined]
        messages.success(request, "已重新排队发送。")
        return redirect(page)
    question = "要重发这封邮件吗？"
    if one.state == State.UNCERTAIN:
        question += "邮件服务器可能已经收下过一次；请先向收件人或邮件服务器核实，以免重复送达。"
    return confirm_page(
        request,
        title="重发邮件",
        question=question,
        submit="重发",
        cancel=page,
        form=form,
        facts=[Fact("收件地址", one.to.mask), Fact("主题", one.subject), Fact("问题", one.trouble)],
        danger=one.state == State.UNCERTAIN,
        breadcrumbs=[("邮件发送", page)],
    )
