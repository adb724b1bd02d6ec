"""The app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies, people, roles."""

    name = "gongkai.office.bodies"
    label = "bodies"
    verbose_name = "机关与人员"

    def ready(self) -> None:
        """The policy enters itself, and what seals the second factors anew; pages say who is signed in, and as what."""
        from gongkai.office.bodies import policy  # noqa: F401
        from gongkai.office.bodies.person_line import describe
        from gongkai.office.bodies.sign_in import secrets  # noqa: F401
        from gongkai.office.look.frame import describe_person_with

        describe_person_with(describe)
