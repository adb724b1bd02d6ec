"""The app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Home, manual, outbox."""

    name = "gongkai.office.desk"
    label = "desk"
    verbose_name = "待办"

    def ready(self) -> None:
        """The policy enters itself."""
        from gongkai.office.desk import policy  # noqa: F401
