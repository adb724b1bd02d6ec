"""One act on a page of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.office.acts.models import Act
from gongkai.office.acts.wording import detail_in_words
from gongkai.office.audit.selectors.acts import Neighbours, acts_for, address_of_thing, kinds_of_things, neighbours
from gongkai.office.audit.services.reading import read_act
from gongkai.office.bodies.gate import may
from gongkai.office.look.components import Fact
from gongkai.office.look.frame import Action
from gongkai.office.look.words import date_cn


@may("audit.read")
@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Who did what when on which ground, where it stands in the chain, what was done before and after."""
    visible = acts_for(request.user)  # type: ignore[arg-type]
    one = get_object_or_404(visible, pk=pk)
    around = neighbours(one, visible)
    read_act(request.actor, one)  # type: ignore[attr-defined]
    context = {
        "title": f"{one.label}：{one.thing_name}",
        "breadcrumbs": [("操作日志", reverse("audit:log"))],
        "actions": [Action("同一事项的全部记录", _same_thing(one), "history")],
        "who": _who(one),
        "what": _what(one, address_of_thing(one, request.user)),  # type: ignore[arg-type]
        "detail": [Fact(label, text) for label, text in detail_in_words(one.detail)],
        "chain": _chain(around),
        "before": around.before,
        "after": around.after,
    }
    return render(request, "audit/act.html", context)


def _who(one: Act) -> list[Fact]:
    at = timezone.localtime(one.at)
    facts = [
        Fact("时间", f"{date_cn(at)} {at:%H:%M:%S}"),
        Fact("操作人", one.actor_name),
        Fact("角色", f"{one.body_name} {one.role}".strip()),
    ]
    if one.standing_in_for:
        facts.append(Fact("代谁行使", one.standing_in_for))
    return [*facts, Fact("来源地址", one.address), Fact("请求号", one.request_number)]


def _what(one: Act, address: str) -> list[Fact]:
    kind = dict(kinds_of_things()).get(one.thing_type, one.thing_type)
    number = f"{kind}，编号{one.thing_id}" if one.thing_id else kind
    return [
        Fact("动作", one.label, note=one.verb),
        Fact("事项", one.thing_name, href=address, note=number),
        Fact("依据或理由", one.ground),
    ]


def _chain(around: Neighbours) -> list[Fact]:
    if around.link is None:
        return [Fact("链上序号", "没有编入校验链")]
    return [
        Fact("链上序号", around.link.sequence),
        Fact("前一校验值", around.link.previous),
        Fact("本条校验值", around.link.hash),
    ]


def _same_thing(one: Act) -> str:
    return f"{reverse('audit:log')}?thing_type={one.thing_type}&thing_id={one.thing_id}"
