"""The app; says at start-up when somebody offers a navigation entry that leads nowhere."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class LookConfig(AppConfig):
    name = "gongkai.office.look"
    label = "look"
    verbose_name = "界面"

    def ready(self) -> None:
        from gongkai.office.look.forms.sentences import speak_plainly
        from gongkai.office.look.navigation import entries_without_address

        speak_plainly()

        @checks.register
        def navigation_leads_somewhere(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
            return [
                checks.Error(f"导航项“{entry.label}”的地址名 {entry.url_name} 不存在", id="look.E001")
                for entry in entries_without_address()
            ]
