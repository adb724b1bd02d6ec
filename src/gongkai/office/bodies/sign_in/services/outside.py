"""Accounts of 统一身份认证 and the people whose they are. None of them ever makes a person."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db.models import F
from django.utils import timezone

from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import ADMINISTRATORS
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.sign_in.models import OutsideRequest
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.services.ending import end_all


def why_not(person: Person) -> str:
    """What stands against linking an outside account to ``person``; empty: nothing.

    Whoever may link accounts could otherwise link their own to another administrator, and be two of the three
    (三员分立).
    """
    if not person.is_active:
        return "此人的账号已停用。"
    if against := why_not_come_in(person):
        return against
    if SocialAccount.objects.filter(user=person).exists():
        return "此人已关联一个外部账号，请先解除。"
    return ""


def why_not_come_in(person: Person) -> str:
    """What stands against ``person`` coming in by an outside account, however it was linked; empty: nothing."""
    if any(standing.role in ADMINISTRATORS for standing in standings(person)):
        return "系统管理员、安全保密管理员、安全审计员只用登录名、密码和动态口令登录，不关联外部账号。"
    return ""


@verb("bodies.link_outside_account", "关联外部账号", policy=policy)
def link_outside_account(actor: Actor, person: Person, *, provider: str, subject: str, name: str = "") -> Done:
    """From now on the outside account signs in as ``person``. Raises ``Refused`` (see ``why_not``)."""
    if against := why_not(person):
        raise Refused(against)
    if SocialAccount.objects.filter(provider=provider, uid=subject).exists():
        raise Refused("这个外部账号已关联他人，请先解除。")
    SocialAccount.objects.create(user=person, provider=provider, uid=subject, extra_data={"name": name})
    OutsideRequest.objects.filter(provider=provider, subject=subject).delete()
    return Done(person, {"来源": provider, "外部账号": subject})


@verb("bodies.unlink_outside_account", "解除外部账号", policy=policy)
def unlink_outside_account(actor: Actor, person: Person) -> Done:
    """It signs in as nobody any more; what it signed in ends."""
    subjects = list(SocialAccount.objects.filter(user=person).values_list("uid", flat=True))
    SocialAccount.objects.filter(user=person).delete()
    return Done(person, {"外部账号": subjects, "结束的登录": end_all(person)})


@verb("bodies.note_outside_account", "外部账号申请登录", policy=policy)
def note_outside_account(actor: Actor, request: OutsideRequest) -> Done:
    """It came for the first time."""
    request.save()
    return Done(request, {"来源": request.provider, "外部账号": request.subject})


@verb("bodies.dismiss_outside_request", "移除外部账号申请", policy=policy)
def dismiss_outside_request(actor: Actor, request: OutsideRequest) -> Done:
    """Nobody of ours; it is noted anew when it comes again."""
    detail = {"来源": request.provider, "外部账号": request.subject}
    OutsideRequest.objects.filter(pk=request.pk).delete()
    return Done(request, detail)


def remember_outside_account(actor: Actor, provider: str, subject: str, claims: dict[str, Any]) -> None:
    """An outside account that is nobody's was at the door: an act the first time, a count afterwards."""
    known = OutsideRequest.objects.filter(provider=provider, subject=subject)
    if known.update(times=F("times") + 1, last_at=timezone.now()):
        return
    shown = {key: str(value or "")[:120] for key, value in claims.items()}
    note_outside_account(actor, OutsideRequest(provider=provider, subject=subject, **shown))
