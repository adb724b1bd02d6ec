"""The state of a list and its address: filters, sorting, columns, page. A wrong address never fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from gongkai.office.look.lists.columns import Column
from gongkai.office.look.lists.filters import Bound, Filter

SORT, COLUMNS, PAGE, EXPORT = "sort", "columns", "page", "export"
FORMATS = ("csv", "xlsx")
RESERVED = (SORT, COLUMNS, PAGE, EXPORT)
_LAST_PAGE = 10**9


@dataclass(frozen=True)
class State:
    """What the address asks for. ``sort`` is a column's key, with ``-`` for downwards; ``""`` the list's own order.

    ``columns`` is empty when nobody chose any. ``kept`` are parameters of the view itself, carried along.
    """

    filters: tuple[Bound, ...]
    sort: str
    columns: tuple[str, ...]
    page: int
    export: str
    notes: tuple[str, ...]
    kept: tuple[tuple[str, str], ...] = ()

    def address(self, **changes: str) -> str:
        """The address of this state with changes; a change to ``""`` leaves a part out. Not said otherwise: page 1."""
        parts = dict(self.kept)
        for bound in self.filters:
            parts |= {name: text for name, _, text in bound.inputs}
        parts |= {SORT: self.sort, COLUMNS: ",".join(self.columns), **changes}
        # Keys of columns and a leading minus stay readable.
        return "?" + urlencode([(name, text) for name, text in parts.items() if text], safe=",-")

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """Name and value of what a form must carry along, less the parts that it asks for itself."""
        parts = [*self.kept, (SORT, self.sort), (COLUMNS, ",".join(self.columns))]
        parts += [(name, text) for bound in self.filters for name, _, text in bound.inputs]
        return [(name, text) for name, text in parts if text and name not in without]


def read_state(
    request: HttpRequest, columns: Sequence[Column], filters: Sequence[Filter], keep: Sequence[str]
) -> State:
    """The state that the address of ``request`` asks for; whatever makes no sense is left out and noted, in Chinese."""
    params = request.GET
    bound = tuple(one.bind(params, request) for one in filters)
    notes = [one.note for one in bound if one.note]
    by_key = {column.key: column for column in columns}

    sort = params.get(SORT, "")
    if sort and not (sort.removeprefix("-") in by_key and by_key[sort.removeprefix("-")].sort_fields):
        notes.append("不能按所给的列排序，已按默认顺序排列")
        sort = ""

    asked = [key for text in params.getlist(COLUMNS) for key in text.split(",") if key]
    chosen = {key for key in asked if key in by_key}
    if len(chosen) < len(set(asked)):
        notes.append("有的列不存在，已忽略")

    known = {*RESERVED, *keep, *(name for one in filters for name, _ in one.inputs)}
    if any(name not in known for name in params):
        notes.append("网址中有不认识的条件，已忽略")

    export = params.get(EXPORT, "")
    if export and export not in FORMATS:
        notes.append("不支持这种导出格式；可导出 CSV 或 Excel（XLSX）")
        export = ""
    return State(
        filters=bound,
        sort=sort,
        columns=tuple(key for key in by_key if key in chosen),
        page=_page(params.get(PAGE, ""), notes),
        export=export,
        notes=tuple(notes),
        kept=tuple((name, params[name]) for name in keep if params.get(name)),
    )


def _page(text: str, notes: list[str]) -> int:
    if not text:
        return 1
    try:
        page = int(text)
    except ValueError:
        page = 0
    if not 1 <= page <= _LAST_PAGE:
        notes.append("页码不正确，已显示第一页")
        return 1
    return page
