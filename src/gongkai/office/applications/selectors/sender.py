"""Who writes a body's letters, as they state it: name of the day, who hears appeals, which court, how to be reached."""

from __future__ import annotations

import re
from datetime import date

from gongkai.office.applications.letters import Sender
from gongkai.office.applications.models import ReplyPrefix
from gongkai.office.bodies.models import Body

# What the prefix of replies ends with, beyond the body's code: 清民依复, 清民公开答.
_SERIES = re.compile(r"(?:依申请公开|依申请|依公开|公开|依)?(?:答复|答|复)?$")


def settings_of(body: Body) -> ReplyPrefix:
    """What the body set; unsaved and empty when it set nothing."""
    return ReplyPrefix.objects.filter(body=body).first() or ReplyPrefix(body=body)


def code_of(body: Body, kept: ReplyPrefix | None = None) -> str:
    """The code before the series of a number: set, or the prefix of replies without its series, or the short name."""
    kept = kept or settings_of(body)
    return kept.code or _SERIES.sub("", kept.text) or body.short_name or body.name


def sender_of(body: Body, on: date) -> Sender:
    """As the settings have it; what they leave open follows from the tree: the county's government and its court."""
    kept = settings_of(body)
    government = government_of(body)
    return Sender(
        name=body.name_on(on),
        kind=kept.kind or body.kind,
        authorities=_authorities(body, government, kept, on),
        courts={
            "basic": kept.basic_court or (basic_court_of(government) if government else ""),
            "intermediate": kept.intermediate_court,
        },
        office=body.contact_office,
        address=body.contact_address,
        phone=body.contact_phone,
    )


def government_of(body: Body) -> Body | None:
    """The county's government above ``body``, or ``body`` itself; the tree has few levels."""
    step: Body | None = body
    while step is not None and step.kind != "county_government":
        step = step.parent
    return step


def basic_court_of(government: Body) -> str:
    """清源县人民政府 → 清源县人民法院; empty where the name does not tell."""
    place, found, _ = government.name.partition("人民政府")
    return f"{place}人民法院" if found else ""


def _authorities(body: Body, government: Body | None, kept: ReplyPrefix, on: date) -> dict[str, str]:
    """Key of ``statute.remedies.AUTHORITIES`` → name. The one that was set stands for whichever the law names alone."""
    above = body.parent.name_on(on) if body.parent else ""
    county = government.name_on(on) if government else ""
    own = body.kind == "county_government"
    return {
        "county_government": (not own and kept.authority) or county,
        "upper_government": kept.upper_authority or (kept.authority if own else ""),
        "upper_department": kept.upper_authority or (kept.authority if kept.kind == "vertical_body" else ""),
        "parent_department": above,
        "managing_body": above,
    }
