"""``{% load look %}``: components and filters; what each shows is declared in ``components.py`` and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.office.look import words
from gongkai.office.look.badges import Badge, Tone
from gongkai.office.look.cards import Card
from gongkai.office.look.components import FigureTable, FileItem, Masked, Progress, TimelineEntry, UnderWay
from gongkai.office.look.forms.groups import Group, groups_of
from gongkai.office.look.frame import Action, Tab

register = template.Library()
register.filter("date_cn", words.date_cn)
register.filter("datetime_cn", words.datetime_cn)
register.filter("size_cn", words.size_cn)
register.filter("in_words", words.in_words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of icons.txt; what it means stands beside it in words."""
    return format_html(
        '<svg class="look-icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("vendor/icons/sprite.svg"),
        name,
    )


@register.filter
def shown(value: object) -> SafeString | str:
    """A value of a list or a fact as HTML: badges and masked values as such, all else as text."""
    if isinstance(value, SafeString):
        return value
    if isinstance(value, Badge):
        return badge(value)
    if isinstance(value, Masked):
        return format_html('<span class="look-masked">{}</span>', value.shown)
    return words.in_words(value)


@register.simple_tag
def badge(text: Badge | str, tone: Tone = "neutral") -> SafeString:
    """``{% badge it %}`` or ``{% badge "已签发" "good" %}``."""
    one = text if isinstance(text, Badge) else Badge(text, tone)
    return format_html('<span class="look-badge look-tone-{}">{}</span>', one.tone, one.text)


@register.filter
def is_masked(value: object) -> bool:
    return isinstance(value, Masked)


@register.inclusion_tag("look/components/masked.html", takes_context=True)
def masked(context: Mapping[str, Any], value: Masked) -> dict[str, Any]:
    return {"value": value, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/components/facts.html", takes_context=True)
def facts(context: Mapping[str, Any], rows: Iterable[Any], columns: int = 1) -> dict[str, Any]:
    """Label and value, line by line; ``columns=2`` sets them in two columns where there is room."""
    return {"rows": rows, "columns": columns, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/components/timeline.html")
def timeline(entries: Iterable[TimelineEntry], empty: str = "还没有记录") -> dict[str, Any]:
    return {"entries": list(entries), "empty": empty}


@register.inclusion_tag("look/components/card.html")
def card(one: Card, level: int = 2) -> dict[str, Any]:
    """``level``: of the heading, so that the page keeps its order of headings."""
    return {"card": one, "level": level}


@register.inclusion_tag("look/components/alert.html")
def alert(text: str, tone: Tone = "info", title: str = "") -> dict[str, Any]:
    return {"text": text, "tone": tone, "title": title}


@register.inclusion_tag("look/components/empty.html")
def empty(text: str, hint: str = "", href: str = "", label: str = "") -> dict[str, Any]:
    """Nothing there, in plain words, and what to do about it."""
    return {"text": text, "hint": hint, "href": href, "label": label}


@register.inclusion_tag("look/components/tabs.html")
def tabs(items: Sequence[Tab], label: str = "分页") -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("look/components/actions.html")
def actions(items: Sequence[Action]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("look/components/files.html")
def files(items: Iterable[FileItem], empty: str = "没有附件") -> dict[str, Any]:
    return {"items": list(items), "empty": empty}


@register.inclusion_tag("look/components/figures.html")
def figures(table: FigureTable) -> dict[str, Any]:
    return {"table": table}


@register.inclusion_tag("look/components/progress.html")
def progress(job: Progress) -> dict[str, Any]:
    return {"job": job}


@register.inclusion_tag("look/components/under_way.html", takes_context=True)
def under_way(context: Mapping[str, Any], one: UnderWay) -> dict[str, Any]:
    return {"one": one, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def form_groups(form: BaseForm) -> list[Group]:
    return groups_of(form)
