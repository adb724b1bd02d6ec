"""The app."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    """Sign-in; its templates lie with those of ``bodies``."""

    name = "gongkai.office.bodies.sign_in"
    label = "sign_in"
    verbose_name = "登录"
