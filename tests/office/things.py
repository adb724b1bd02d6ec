"""What the addresses of the office speak of, for the walk through all of them: each app's own, and the rest."""

from __future__ import annotations

from office.analysis import things as analysis  # noqa: F401
from office.applications import letter_things as letters  # noqa: F401
from office.applications import things as applications  # noqa: F401
from office.bodies import things as bodies  # noqa: F401
from office.bodies.sign_in import things as sign_in  # noqa: F401
from office.world import World, thing

from gongkai.office.acts.models import Act, Mail
from gongkai.office.audit.models import Verification
from gongkai.office.bodies.models import Body


@thing("pattern")
def pattern(world: World, body: Body) -> str:
    """A part of the pattern book."""
    return "list"


@thing("manual_page")
def manual_page(world: World, body: Body) -> str:
    """A page of the manual."""
    return "sign-in"


@thing("failed_mail")
def failed_mail(world: World, body: Body) -> Mail:
    """A mail that did not get through."""
    return Mail.objects.create(
        to="a@example.cn", subject="通知", text="正文", message_id=f"<{body.pk}@example.cn>", state=Mail.State.FAILED
    )


@thing("act")
def act(world: World, body: Body) -> Act:
    """An act on a body, which the security administrator has no business with."""
    return Act.objects.create(
        verb="bodies.edit_body",
        label="编辑机关",
        actor_name="系统",
        thing_type="bodies.body",
        thing_id=str(body.pk),
        thing_name=body.name,
    )


@thing("verification")
def verification(world: World, body: Body) -> Verification:
    """A verification of the log that was asked for."""
    return Verification.objects.create(asked_by="安全审计员甲")


@thing("print_size")
def print_size(world: World, body: Body) -> str:
    """A size of print for the public rooms."""
    return "large"


@thing("portal_step")
def portal_step(world: World, body: Body) -> str:
    """A question of the online application."""
    return "applicant"


@thing("paper_number")
def paper_number(world: World, body: Body) -> int:
    """The number of a paper that nobody has handed in."""
    return 1
