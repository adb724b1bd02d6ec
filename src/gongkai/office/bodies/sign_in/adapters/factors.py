"""Where the library's second factors meet the office: their secrets are encrypted in the database."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from gongkai.office.bodies.sign_in import secrets
from gongkai.office.bodies.sign_in.selectors.factors import must_have_factor


class FactorAdapter(DefaultMFAAdapter):
    """See ``DefaultMFAAdapter``."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "您的角色必须使用动态口令，不能停用；更换手机请联系安全保密管理员重置。",
        "cannot_generate_recovery_codes": "请先启用动态口令。",
        "incorrect_code": "口令不正确。请核对手机时间，并使用最新显示的口令。",
    }

    def get_totp_label(self, user: Any) -> str:
        """As the telephone lists it."""
        return str(user.account)

    def encrypt(self, text: str) -> str:
        """For the database."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not where a role asks for it."""
        return not must_have_factor(authenticator.user)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The act log tells."""
