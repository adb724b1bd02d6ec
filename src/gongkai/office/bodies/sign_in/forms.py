"""The library's forms in the office's words; wrong codes count towards the lock as wrong passwords do."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import (
    ChangePasswordForm as LibraryChangePasswordForm,
)
from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as FactorReauthenticateForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from gongkai.office.bodies.sign_in import attempts

_NOT_SAME = "两次输入的新密码不一致。"


def _name(field: forms.Field, label: str, missing: str, **attributes: str) -> None:
    field.label = label
    field.error_messages["required"] = missing
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


def _bare(code: str) -> str:
    """The library takes codes with blanks and hyphens too; it is the same code."""
    return re.sub(r"[\W_]", "", code).lower()


def _password_rules() -> str:
    return format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((text,) for text in password_validators_help_texts()))
    )


class SignInForm(LoginForm):
    """登录名 and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["login"], "登录名", "请填写登录名。", autocapitalize="none", spellcheck="false")
        _name(self.fields["password"], "密码", "请填写密码。")


class PasswordAgainForm(ReauthenticateForm):
    """Before something delicate, by somebody who signed in a while ago."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password"], "密码", "请填写密码。")


class _NewPasswords(forms.Form):
    """The two fields of a new password; mixed into the library's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["password1"], "新密码", "请填写新密码。")
        _name(self.fields["password2"], "再次输入新密码", "请再次填写新密码。")
        self.fields["password1"].help_text = _password_rules()

    def clean(self) -> dict[str, Any]:
        """Raises nothing; a difference stands beside the second field."""
        data = super(forms.Form, self).clean() or self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _NOT_SAME)
        return data


class ChangePasswordForm(_NewPasswords, LibraryChangePasswordForm):
    """The current password counts towards the lock: a session left open must not be a place to guess it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["oldpassword"], "当前密码", "请填写当前密码。")

    def clean_oldpassword(self) -> str:
        """Raises ``ValidationError``."""
        typed = str(self.cleaned_data.get("oldpassword", ""))
        if not get_adapter().reauthenticate(self.user, typed):
            raise get_adapter().validation_error("enter_current_password")
        return typed


class NewPasswordForm(_NewPasswords, ResetPasswordKeyForm):
    """By the link from the mail."""


class AskForLinkForm(ResetPasswordForm):
    """Asks for the mail with the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["email"], "电子邮箱", "请填写电子邮箱。")
        self.fields["email"].error_messages["invalid"] = "电子邮箱的写法不对。"


class _Code(forms.Form):
    """The field of a code; mixed into the library's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["code"], "动态口令或恢复码", "请填写口令。", inputmode="numeric", spellcheck="false")

    def clean_code(self) -> str:
        """Raises ``ValidationError``; a code is good once."""
        request, account = context.request, self.user.account  # type: ignore[attr-defined]
        attempts.refuse_if_locked(request, account)
        try:
            code = str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            attempts.failed(request, account, "动态口令或恢复码不正确")
            raise
        # The library forgets a used code after one period, and with the tolerance it would be good again.
        if not cache.add(f"sign_in.code:{self.user.pk}:{_bare(code)}", True, timeout=300):  # type: ignore[attr-defined]
            attempts.failed(request, account, "动态口令已用过")
            raise ValidationError("这个口令已经用过，请等下一个。", code="used")
        return code


class FactorForm(_Code, AuthenticateForm):
    """While signing in."""


class FactorAgainForm(_Code, FactorReauthenticateForm):
    """Before something delicate."""


class EnrolForm(ActivateTOTPForm):
    """The first code that the telephone shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["code"], "手机上显示的 6 位口令", "请填写口令。", inputmode="numeric", spellcheck="false")


class GiveUpFactorForm(DeactivateTOTPForm):
    """A question without fields."""


class RecoveryCodesForm(GenerateRecoveryCodesForm):
    """A question without fields."""
