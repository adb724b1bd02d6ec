"""Who is signed in, and as what, for the head of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from gongkai.office.bodies.selectors.standing import standings
from gongkai.office.look.frame import PersonLine


def describe(request: HttpRequest) -> PersonLine | None:
    """「张敏」「县财政局 审核人 等3个角色」, leading to the person's own page; ``None``: nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    held = standings(user)
    role = held[0].label if held else "没有角色"
    if len(held) > 1:
        role += f" 等{len(held)}个角色"
    return PersonLine(user.name, role, reverse("bodies:me"))
