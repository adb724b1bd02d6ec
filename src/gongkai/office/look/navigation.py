"""Navigation by work. An app offers ``ENTRIES = [Entry("人员", "bodies:people", "admin")]`` in its ``navigation.py``.

Entries whose predicate refuses the request are not shown, and a section without entries is not either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongkai.office.look.offers import offered

# Key → what people read, in the order of the page.
SECTIONS = {
    "desk": "待办",
    "applications": "申请",
    "publishing": "公开",
    "registers": "台账",
    "reports": "年报",
    "analysis": "分析",
    "admin": "管理",
}


def signed_in(request: HttpRequest) -> bool:
    """The usual predicate of an entry."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; ``section`` is a key of ``SECTIONS``, ``icon`` a name of icons.txt."""

    label: str
    url_name: str
    section: str
    icon: str = "list"
    order: int = 100
    shown: Callable[[HttpRequest], bool] = signed_in

    def __post_init__(self) -> None:
        if self.section not in SECTIONS:
            raise ValueError(f"{self.label}: no section {self.section!r} in {list(SECTIONS)}")


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it; ``current``: the page shown is below it."""

    label: str
    href: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Group:
    """A section with its links, of which there is at least one."""

    label: str
    links: list[Link]


def navigation(request: HttpRequest) -> list[Group]:
    """What this request may be led to, by section; the longest address that the current one begins with is current."""
    shown = [(entry, href) for entry in _entries() if (href := _address(entry)) and entry.shown(request)]
    here = max((href for _, href in shown if request.path.startswith(href)), key=len, default=None)
    groups = []
    for section, label in SECTIONS.items():
        links = [Link(e.label, href, e.icon, href == here) for e, href in shown if e.section == section]
        if links:
            groups.append(Group(label, links))
    return groups


def entries_without_address() -> list[Entry]:
    """Entries whose address does not exist; they are not shown, and a system check names them."""
    return [entry for entry in _entries() if _address(entry) is None]


def _entries() -> Iterator[Entry]:
    return iter(sorted(chain.from_iterable(offered("navigation", "ENTRIES")), key=lambda e: (e.order, e.label)))


def _address(entry: Entry) -> str | None:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return None
