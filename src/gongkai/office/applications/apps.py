"""The app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Applications for government information."""

    name = "gongkai.office.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """The policy enters itself."""
        from gongkai.office.applications import policy  # noqa: F401
