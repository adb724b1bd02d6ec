"""The app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The citizen's side."""

    name = "gongkai.office.portal"
    label = "portal"
    verbose_name = "公众端"

    def ready(self) -> None:
        """The policy enters itself."""
        from gongkai.office.portal import policy  # noqa: F401
