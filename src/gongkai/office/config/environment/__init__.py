"""The settings from the environment: each is declared once (``catalogue``), read, judged and documented from there."""

from gongkai.office.config.environment.setting import Setting, SettingError

__all__ = ["Setting", "SettingError"]
