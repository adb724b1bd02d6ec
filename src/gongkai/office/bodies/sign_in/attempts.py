"""A failed attempt to show who one is: counted by axes, kept as an act, followed by the act of locking."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from gongkai.office.acts.policy import Actor
from gongkai.office.bodies.gate import actor_of
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.door import stranger
from gongkai.office.bodies.sign_in.lockout import account_key, address
from gongkai.office.bodies.sign_in.selectors.locks import opens_at
from gongkai.office.bodies.sign_in.services import door


def refuse_if_locked(request: HttpRequest, account: str) -> None:
    """Raises ``ValidationError`` when the name is locked for this address; axes' middleware then gives its page."""
    credentials = {"username": account}
    if not AxesProxyHandler.is_allowed(request, credentials):
        request.axes_locked_out = True  # type: ignore[attr-defined]
        request.axes_credentials = credentials  # type: ignore[attr-defined]
        raise ValidationError("失败次数过多，暂时不能登录。", code="locked")


def failed(request: HttpRequest, account: str, why: str) -> None:
    """A failure that Django has not told axes about: a wrong code, a password out of date."""
    user_login_failed.send(sender=__name__, credentials={"username": account}, request=request)
    note(request, account, why)


def note(request: HttpRequest, account: str, why: str) -> None:
    """Keep the failure that axes has just counted. While locked, nothing is counted and nothing kept."""
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    actor = _actor(request)
    person = Person.objects.filter(account__iexact=account.strip()).first()
    if person is None:
        door.fail_unknown(actor)
        return
    door.fail_sign_in(actor, person, why=why)
    if request.axes_locked_out:  # type: ignore[attr-defined]
        until = opens_at(account_key(request, {"username": account}), address(request))
        if until is not None:
            door.lock_sign_in(actor, person, until=until)


def _actor(request: HttpRequest) -> Actor:
    return actor_of(request) if request.user.is_authenticated else stranger(request)
