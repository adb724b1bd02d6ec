"""Letters that addresses need in the walk over all of them."""

from __future__ import annotations

from django.utils import timezone
from office.applications import things  # noqa: F401 - the cases
from office.world import World, thing

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.applications.letters import Party
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.services.lettering import write_letter
from gongkai.office.applications.services.posting import send_letter
from gongkai.office.bodies.models import Body

KIND = "assistance"  # goes with no event: every case may have it


@thing("applications.letter")
def _draft(world: World, body: Body) -> Letter:
    key = world.thing("applications.case", "own" if body == world.own else "other")
    content = Content({"task": "请核对", "task_due": timezone.localdate()}, recipients=(Party("某局", natural=False),))
    letter: Letter = write_letter(SYSTEM, Application.objects.get(pk=key), kind=KIND, content=content)
    return letter


@thing("applications.sent_letter")
def _sent(world: World, body: Body) -> Letter:
    letter = _draft(world, body)
    send_letter(SYSTEM, letter, way="post")
    return letter


@thing("applications.letter_kind")
def _kind(world: World, body: Body) -> str:
    return KIND


@thing("applications.no_event")
def _no_event(world: World, body: Body) -> str:
    return "0"


@thing("applications.letter_format")
def _format(world: World, body: Body) -> str:
    return "docx"


@thing("applications.rectification_kind")
def rectification_kind(world: World, body: Body) -> str:
    """Of a result that is still to come."""
    return "rectification_made"


@thing("applications.worded_kind")
def _worded(world: World, body: Body) -> str:
    return "correction"
