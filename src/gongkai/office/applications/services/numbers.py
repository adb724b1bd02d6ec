"""The number of a reply: 清民依复〔2024〕3号 (GB/T 9704—2012: 代字, year in 〔〕, number without 第)."""

from __future__ import annotations

from gongkai.office.acts.numbering import next_number
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.applications.models import ReplyPrefix
from gongkai.office.applications.policy import policy
from gongkai.office.bodies.models import Body
from gongkai.office.bodies.services.changes import StaleError

# What the settings hold besides the prefix.
SETTINGS = ("code", "kind", "authority", "upper_authority", "basic_court", "intermediate_court")
REPLIES = "application_reply"  # the kind of number


def prefix_of(body: Body) -> str:
    """What the body set; else its short name and 依复."""
    kept = ReplyPrefix.objects.filter(body=body).values_list("text", flat=True).first()
    return kept or f"{body.short_name or body.name}依复"


def reply_number(body: Body, year: int) -> str:
    """The next number of the body's year; within the transaction of the signature."""
    return f"{prefix_of(body)}〔{year}〕{next_number(body.pk, REPLIES, year)}号"


@verb("applications.set_prefix", "设定文书设置", policy=policy)
def set_prefix(actor: Actor, body: Body, text: str, *, version: int | None = None, **more: str) -> Done:
    """From now on replies of ``body`` are numbered with ``text``; numbers given stay.

    ``more``: of ``SETTINGS``, what other letters state of the body. Raises ``StaleError``.
    """
    kept = ReplyPrefix.objects.filter(body=body).first()
    if kept is not None and version is not None and kept.version != version:
        raise StaleError(kept, version)
    before = prefix_of(body)
    kept = kept or ReplyPrefix(body=body, version=0)
    kept.text = text
    for name in SETTINGS:
        setattr(kept, name, more.get(name, getattr(kept, name)))
    kept.version += 1
    kept.save()
    named = {str(ReplyPrefix._meta.get_field(key).verbose_name): value for key, value in more.items()}
    return Done(body, {"代字": text, "原代字": before, **named})
