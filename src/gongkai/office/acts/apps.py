"""The app."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    """The act log, numbering, attachments, personal data."""

    name = "gongkai.office.acts"
    label = "acts"
    verbose_name = "操作记录"

    def ready(self) -> None:
        """What seals the files anew enters itself."""
        from gongkai.office.acts.services import file_care  # noqa: F401
