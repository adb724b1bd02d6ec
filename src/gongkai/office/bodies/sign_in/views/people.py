"""The security administrator helps people who cannot sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.bodies.gate import may
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import KeptPassword
from gongkai.office.bodies.sign_in.selectors.factors import factors, must_have_factor
from gongkai.office.bodies.sign_in.selectors.locks import Lock, locks
from gongkai.office.bodies.sign_in.selectors.passwords import due_at
from gongkai.office.bodies.sign_in.selectors.sessions import live_sessions
from gongkai.office.bodies.sign_in.services import factors as factor_verbs
from gongkai.office.bodies.sign_in.services import locks as lock_verbs
from gongkai.office.bodies.sign_in.services import passwords
from gongkai.office.bodies.sign_in.services import sessions as session_verbs
from gongkai.office.look.components import Fact
from gongkai.office.look.forms import ReasonForm, confirm_page
from gongkai.office.look.lists import Column, Listing, Search
from gongkai.office.look.words import datetime_cn

PEOPLE = "人员登录"

_PEOPLE = Listing(
    [
        Column("account", "登录名", sort="account"),
        Column("name", "姓名", sort="name", link=lambda row: reverse("sign_in:person", args=[row.pk])),
        Column("body__name", "所在机关", sort="body__order", wrap=True),
        Column("is_active", "启用"),
        Column("last_login", "最近登录", sort="last_login"),
    ],
    [Search(label="登录名、姓名、机关", on=["account", "name", "body__name"])],
    order=("body__order", "pk"),
)
_LOCKS = Listing(
    [
        Column("person", "姓名", link=lambda lock: reverse("sign_in:person", args=[lock.person.pk])),
        Column("account", "登录名", value=lambda lock: lock.person.account),
        Column("body", "所在机关", value=lambda lock: lock.person.body.name, wrap=True),
        Column("address", "来源地址"),
        Column("failures", "失败次数", align="end"),
        Column("opens_at", "锁定至"),
    ],
    empty="目前没有被锁定的登录",
)


@may("bodies.reset_password")
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Whom to help."""
    return _PEOPLE.respond(request, Person.objects.select_related("body"), title=PEOPLE)


@may("bodies.unlock")
@require_safe
def locked(request: HttpRequest) -> HttpResponseBase:
    """Who is locked out at this moment."""
    return _LOCKS.respond(request, locks(), title="登录锁定", subtitle="到时自动解除；急需时可以提前解除。")


@may("bodies.reset_password")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's signing in, and what can be done about it."""
    who = get_object_or_404(Person.objects.select_related("body"), pk=pk)
    return render(request, "sign_in/person.html", _about(request, who))


def _about(request: HttpRequest, who: Person) -> dict[str, Any]:
    has, shut = factors(who), locks(who)
    outside = SocialAccount.objects.filter(user=who).first()
    return {
        "title": f"{who.name}的登录",
        "who": who,
        "breadcrumbs": [(PEOPLE, reverse("sign_in:people"))],
        "facts": [
            Fact("登录名", who.account),
            Fact("所在机关", who.body.name),
            Fact("账号", "启用" if who.is_active else "已停用"),
            Fact("最近登录", who.last_login),
            Fact("密码", _password(who)),
            Fact("动态口令", _factor(who, has.totp is not None, has.codes_left)),
            Fact("正在登录", f"{live_sessions(who).count()} 处"),
            Fact("外部账号", "已关联" if outside else "未关联"),
            Fact("登录锁定", _lock(shut)),
        ],
        "locked": bool(shut),
        "oneself": who.pk == request.user.pk,
        "has_factor": has.totp is not None,
    }


def _password(who: Person) -> str:
    if not who.has_usable_password():
        return "没有密码，只能用外部账号登录"
    kept = KeptPassword.objects.filter(person=who).first()
    if who.must_change_password:
        until = f"，{datetime_cn(kept.one_time_until)}前有效" if kept and kept.one_time_until else ""
        return f"一次性密码，登录后须更改{until}"
    due = due_at(who)
    return f"{datetime_cn(due)}前须更换" if due else "已设定"


def _factor(who: Person, has: bool, codes: int) -> str:
    if has:
        return f"已启用，剩余恢复码 {codes} 个"
    return "未启用，下次登录时须先启用" if must_have_factor(who) else "未启用"


def _lock(shut: list[Lock]) -> str:
    return "；".join(f"来自 {lock.address}，至 {datetime_cn(lock.opens_at)}" for lock in shut) or "没有锁定"


@may("bodies.reset_password")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A one-time password, shown on the answer to the form and nowhere else."""
    who = get_object_or_404(Person, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = passwords.one_time_password()
        passwords.reset_password(request.actor, who, password, ground=form.cleaned_data["reason"])
        context = {**_back(who), "title": "一次性密码", "who": who, "password": password}
        context["until"] = KeptPassword.objects.filter(person=who).values_list("one_time_until", flat=True).first()
        return render(request, "sign_in/one_time_password.html", context)
    return _ask(request, who, form, "重置密码", f"给{who.name}发放一次性密码？原密码立即失效，其所有登录立即结束。")


@may("bodies.reset_factors")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """After a telephone is lost."""
    question = "清除{}的动态口令和恢复码？应先当面或通过电话核实是本人。其所有登录立即结束。"
    return _do(request, pk, "重置动态口令", question, factor_verbs.reset_factors)


@may("bodies.end_sessions")
@require_http_methods(["GET", "HEAD", "POST"])
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Out, everywhere."""
    return _do(request, pk, "结束登录", "结束{}在所有地方的登录？其未保存的内容会丢失。", session_verbs.end_sessions)


@may("bodies.unlock")
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """In again."""
    return _do(request, pk, "解除登录锁定", "解除{}的登录锁定？应先核实失败的登录是本人所为。", lock_verbs.unlock)


def _do(request: HttpRequest, pk: int, title: str, question: str, verb: Callable[..., Any]) -> HttpResponse:
    who = get_object_or_404(Person, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb(request.actor, who, ground=form.cleaned_data["reason"])
        messages.success(request, f"{title}：{who.name}，已办理。")
        return redirect("sign_in:person", pk)
    return _ask(request, who, form, title, question.format(who.name))


def _ask(request: HttpRequest, who: Person, form: ReasonForm, title: str, question: str) -> HttpResponse:
    back = _back(who)
    return confirm_page(
        request, title=title, question=question, submit=title, cancel=back["breadcrumbs"][-1][1], form=form, **back
    )


def _back(who: Person) -> dict[str, Any]:
    here = (f"{who.name}的登录", reverse("sign_in:person", args=[who.pk]))
    return {"breadcrumbs": [(PEOPLE, reverse("sign_in:people")), here]}
