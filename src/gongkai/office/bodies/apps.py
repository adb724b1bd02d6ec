"""The app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, people, roles."""

    name = "gongkai.office.bodies"
    label = "bodies"
    verbose_name = "机关与人员"
