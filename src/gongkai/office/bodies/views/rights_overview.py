"""Who may do what: bodies by roles, with the gaps."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import may
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.selectors.rights import Staffing, staffing
from gongkai.office.bodies.views.body_list import chosen_day
from gongkai.office.look.lists import Choice, Column, Listing, Search
from gongkai.office.look.words import date_cn
from gongkai.report.model import KINDS

_ISSUES = {"gaps": "缺角色", "doubled": "重复或兼任", "ending": "30日内到期"}


def _column(role: Role) -> Column:
    def linked(one: Staffing) -> SafeString | str:
        rows = ((reverse("bodies:person", args=[h.person_id]), str(h)) for h in one.holders.get(role, ()))
        return format_html_join("、", '<a href="{}">{}</a>', rows)

    def plain(one: Staffing) -> str:
        return "、".join(str(h) for h in one.holders.get(role, ()))

    return Column(role.value, role.label, value=linked, export=plain, wrap=True)


LISTING = Listing(
    columns=[
        Column("name", "机关", sort="name"),
        Column("issues", "需要注意", value=lambda one: "；".join(one.issues), wrap=True),
        *(_column(role) for role in Role),
    ],
    filters=[
        Search(on=["name", "people"], hint="机关或人员"),
        Choice("kind", "种类", field="body__kind", choices=list(KINDS.items())),
        Choice(
            "issue",
            "需要注意",
            choices=list(_ISSUES.items()),
            change=lambda rows, key: [one for one in rows if getattr(one, key)],
        ),
    ],
    row_link=lambda one: reverse("bodies:body", args=[one.body.pk]),
    empty="还没有机关",
)


@may("bodies.see_rights")
@require_safe
def rights(request: HttpRequest) -> HttpResponseBase:
    """All standing bodies on a day (``?day=``)."""
    day, note = chosen_day(request)
    return LISTING.respond(
        request,
        staffing(day=day),
        title="角色一览",
        subtitle=f"{date_cn(day)}各机关由谁担任什么角色（含代行）",
        keep=("day",),
        template="bodies/rights.html",
        extra={"day": day, "note": note},
    )
