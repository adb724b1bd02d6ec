"""What the components show: plain values that a view fills and a template tag renders (``{% load look %}``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import timezone

from gongkai.office.look.badges import Badge, Tone

_YOUNG = timedelta(seconds=8)


@dataclass(frozen=True)
class Fact:
    """A line of ``{% facts %}``: value may be text, number, day, moment, yes/no, ``Badge`` or ``Masked``."""

    label: str
    value: object
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Masked:
    """A personal datum as the screen shows it. Reading it is an act of its own: the button posts to ``href``.

    Without ``href`` the person may not read it, and there is no button.
    """

    shown: str
    href: str = ""
    label: str = "完整内容"

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened: when, who in which role, what, the details, on which ground or for which reason."""

    when: date | datetime
    what: str
    who: str = ""
    role: str = ""
    detail: str = ""
    why: str = ""
    tone: Tone = "neutral"
    href: str = ""
    files: Sequence[FileItem] = field(default=())


@dataclass(frozen=True)
class FileItem:
    """A file with what is hidden in it (sheets, comments, authors …), one sentence each; ``size`` in bytes."""

    name: str
    href: str = ""
    size: int | None = None
    kind: str = ""
    warnings: Sequence[str] = field(default=())
    when: date | datetime | None = None
    who: str = ""
    remove: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of ``FigureTable``. ``text`` None: the cell is blank, which is not zero. ``mark``: an id to lead to."""

    text: object = None
    head: bool = False
    colspan: int = 1
    rowspan: int = 1
    href: str = ""
    tone: Tone | None = None
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table of a form, with merged heads; the rows of ``head`` are all heads, those of ``body`` as each cell says."""

    caption: str
    head: Sequence[Sequence[Cell]]
    body: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Progress:
    """A job under way. While ``waiting`` or ``running``, the page asks ``poll`` for this same component anew.

    The view behind ``poll`` answers ``render_progress(request, progress)``; without JavaScript a link to ``refresh``
    shows the page again. Where that page itself shows the ``result``, it is loaded anew at the end. ``since``: when the
    job was asked for; in its first seconds the page asks often, so that small work is there at once.
    """

    label: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int = 0
    total: int = 0
    text: str = ""
    poll: str = ""
    refresh: str = ""
    result: str = ""
    result_label: str = "查看结果"
    since: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in ("waiting", "running")

    @property
    def pause(self) -> str:
        """Between two questions of the page, as htmx writes it."""
        young = self.since is not None and timezone.now() - self.since < _YOUNG
        return "400ms" if young else "2s"

    @property
    def share(self) -> str:
        """「3/10」, or nothing when the total is not known."""
        return f"{self.done}/{self.total}" if self.total else ""


@dataclass(frozen=True)
class UnderWay:
    """A job that the person may stop: the button posts to ``stop``. It stands beside the part that is asked anew."""

    job: Progress
    stop: str


__all__ = ["Badge", "Cell", "Fact", "FigureTable", "FileItem", "Masked", "Progress", "TimelineEntry", "UnderWay"]
