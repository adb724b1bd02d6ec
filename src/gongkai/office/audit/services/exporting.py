"""Taking the log out is an act."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Min

from gongkai.office.acts.export import lines
from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.selectors.chain import head, links
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.acts.verification import START
from gongkai.office.audit.policy import policy
from gongkai.office.look.lists.rows import start_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """From place to place of the chain; ``head`` is the hash at the last one."""

    first: int
    last: int
    head: str

    @property
    def count(self) -> int:
        """How many acts."""
        return self.last - self.first + 1 if self.last else 0

    def lines(self) -> Iterator[str]:
        """The lines of the file (``acts.export``)."""
        return lines(links(self.first, self.last), self.first, self.last, self.head)


@verb("audit.export_list", "导出操作日志列表", policy=policy)
def export_list(actor: Actor, log: None, format: str, count: int, conditions: list[tuple[str, str]]) -> Done:
    """The list as it is shown, as CSV or XLSX."""
    return Done(Act, {"格式": format.upper(), "count": count, "条件": dict(conditions)})


def export_chain(actor: Actor, first_day: datetime.date | None, last_day: datetime.date | None) -> Stretch:
    """Note the export of the chain for the days from … to (both within; ``None``: open), and say what it holds.

    The file must be one stretch of the chain: acts of other days that were committed in between are in it too.
    """
    stretch = _stretch(first_day, last_day)
    _export_chain(actor, None, stretch, [day and day.isoformat() for day in (first_day, last_day)])
    return stretch


@verb("audit.export_chain", "导出操作日志校验链", policy=policy)
def _export_chain(actor: Actor, log: None, stretch: Stretch, days: list[str | None]) -> Done:
    return Done(
        Act,
        {
            "自": days[0] or "最早",
            "至": days[1] or "导出之时",
            "起止序号": f"{stretch.first}—{stretch.last}",
            "count": stretch.count,
            "hash": stretch.head,
        },
    )


def _stretch(first_day: datetime.date | None, last_day: datetime.date | None) -> Stretch:
    if first_day is None and last_day is None:
        last, hash = head()
        return Stretch(1, last, hash)
    chosen = Link.objects.all()
    if first_day:
        chosen = chosen.filter(act__at__gte=start_of(first_day))
    if last_day:
        chosen = chosen.filter(act__at__lt=start_of(last_day + datetime.timedelta(days=1)))
    ends = chosen.aggregate(first=Min("sequence"), last=Max("sequence"))
    if ends["last"] is None:
        return Stretch(1, 0, START)
    return Stretch(ends["first"], ends["last"], Link.objects.get(sequence=ends["last"]).hash)
