"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Screens and commands of the act log."""

    name = "gongkai.office.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """The policy enters itself."""
        from gongkai.office.audit import policy  # noqa: F401
