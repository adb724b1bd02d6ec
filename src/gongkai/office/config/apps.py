"""The office as a whole, for Django: its templates, its commands, the jobs that keep it in order."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "gongkai.office.config"
    label = "config"
    verbose_name = "运行"
