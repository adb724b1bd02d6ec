"""Where the things of acts have their pages."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from gongkai.office.acts.models import Act


def page_of(act: Act) -> str:
    """The address of the page of an act's thing, ``""`` when it has none. Whether one may see it, the page says.

    Its name is that of the model: ``bodies.body`` is shown at ``bodies:body``, with the primary key.
    """
    if not act.thing_id.isdigit():
        return ""
    try:
        return reverse(act.thing_type.replace(".", ":", 1), args=[int(act.thing_id)])
    except NoReverseMatch:
        return ""
