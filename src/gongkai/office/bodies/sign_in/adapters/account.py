"""Where the library's account pages meet the office: every coming and going is a verb."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gongkai.office.acts.services import mail
from gongkai.office.bodies.gate import actor_of
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import ADMINISTRATORS
from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.bodies.sign_in import attempts, state
from gongkai.office.bodies.sign_in.door import somebody
from gongkai.office.bodies.sign_in.oidc.signing_out import end_session_address
from gongkai.office.bodies.sign_in.selectors.passwords import one_time_is_over
from gongkai.office.bodies.sign_in.services import door, passwords

_MESSAGES = {
    "account/messages/logged_out.txt": "已退出登录。",
    "account/messages/password_changed.txt": "密码已更改，其他地方的登录已结束。",
}


class AccountAdapter(DefaultAccountAdapter):
    """See ``DefaultAccountAdapter``; what is not said here stays as it is there."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "账号已停用。",
        "enter_current_password": "当前密码不正确。",
        "incorrect_password": "密码不正确。",
        "incorrect_code": "口令不正确。",
        "invalid_login": "登录名或密码不正确。",
        "invalid_password_reset": "链接无效或已过期。",
        "too_many_login_attempts": "尝试次数过多，请稍后再试。",
        "username_password_mismatch": "登录名或密码不正确。",
        "rate_limited": "操作太频繁，请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are entered by the system administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere in the office."""
        return str(request.META.get("REMOTE_ADDR") or "0.0.0.0")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """In the office's words, or not at all."""
        message = kwargs.get("message") or _MESSAGES.get(message_template or "")
        if message:
            super().add_message(request, level, message=message)

    # Coming in.

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Raises ``ValidationError`` when a one-time password is out of date."""
        person = super().authenticate(request, **credentials)
        if person is not None and one_time_is_over(person):
            attempts.failed(request, person.account, "一次性密码已过期")
            raise ValidationError("一次性密码已过期，请联系安全保密管理员重新发放。", code="over")
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong name or password."""
        attempts.note(request, str(credentials.get("username", "")), "密码不正确")

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Who is out of use does not come in."""
        if not user.is_active:
            attempts.note(request, user.account, "账号已停用")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The person is in; the session knows since when and by what."""
        response = super().post_login(request, user, **kwargs)
        records = get_authentication_records(request, user)
        outside = any(record["method"] == "socialaccount" for record in records)
        factor = next((record.get("type") for record in records if record["method"] == "mfa"), None)
        state.begin(request, user, by_password=not outside)
        door.sign_in(
            somebody(request, user),
            user,
            session_key=request.session.session_key,
            method=settings.OIDC_NAME if outside else "密码",
            factor={"totp": "动态口令", "recovery_codes": "恢复码"}.get(str(factor), ""),
        )
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not by somebody who has just come in."""
        request = context.request
        records = get_authentication_records(request, request.user)
        recently = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        if any(record["at"] > recently for record in records):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    # Going out.

    def logout(self, request: HttpRequest) -> None:
        """By the person's own wish."""
        actor, key = actor_of(request), request.session.session_key
        super().logout(request)
        UserSession.objects.filter(session_key=key).delete()
        door.sign_out(actor, actor.person)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who came by 统一身份认证 leaves there too."""
        return end_session_address(request) or super().get_logout_redirect_url(request)

    # Passwords.

    def set_password(self, user: Any, password: str) -> None:
        """Signed in, or by a link from the mail."""
        request = context.request
        own = request.user.is_authenticated and request.user.pk == user.pk
        actor = actor_of(request) if own else somebody(request, user)
        key = request.session.session_key if own else ""
        passwords.change_password(actor, user, password, session_key=key or "", way="本人" if own else "邮件链接")
        user.refresh_from_db(fields=["password", "must_change_password"])
        if own:
            state.password_changed(request, user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where whoever had to change it wanted to go."""
        return str(settings.LOGIN_REDIRECT_URL)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Not to administrators: who keeps people's addresses could otherwise become another of the three."""
        if not any(standing.role in ADMINISTRATORS for standing in standings(user)):
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the office's outbox."""
        subject = render_to_string(f"{template_prefix}_subject.txt", context)
        text = render_to_string(f"{template_prefix}_message.txt", context)
        person = context.get("user")
        with transaction.atomic():
            mail.post(email, subject, text, about=person if isinstance(person, Person) else None)
