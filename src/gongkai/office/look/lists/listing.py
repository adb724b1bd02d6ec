"""A list as a whole: declared once, answers a request with a page or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from gongkai.office.look.frame import Action, Tab
from gongkai.office.look.lists.columns import Column
from gongkai.office.look.lists.exports import EXCEL_ROWS, Export, as_csv, as_xlsx
from gongkai.office.look.lists.filters import Filter
from gongkai.office.look.lists.page import ListPage, heads_of, paging_of, row_of
from gongkai.office.look.lists.rows import Rows, rows_of
from gongkai.office.look.lists.state import RESERVED, State, read_state

Source = QuerySet[Any] | Iterable[Any]


@dataclass(frozen=True)
class Listing:
    """Columns, filters and order of a list. ``row_link``: where the first cell of a row leads, and Enter on it.

    ``order``: fields (with ``-``) when nobody sorts; none, the order of the source. Raises ``ValueError`` when a key is
    used twice.
    """

    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    row_link: Callable[[Any], str | None] | None = None
    order: Sequence[str] = ()
    page_size: int = 50
    empty: str = "没有记录"

    def __post_init__(self) -> None:
        names = [*RESERVED, *(name for one in self.filters for name, _ in one.inputs)]
        keys = [column.key for column in self.columns]
        for used in (names, keys):
            twice = sorted({name for name in used if used.count(name) > 1})
            if twice:
                raise ValueError(f"used twice in a list: {twice}")

    def respond(
        self,
        request: HttpRequest,
        source: Source,
        *,
        title: str,
        subtitle: str = "",
        actions: Sequence[Action] = (),
        breadcrumbs: Sequence[tuple[str, str]] = (),
        tabs: Sequence[Tab] = (),
        keep: Sequence[str] = (),
        template: str = "look/list_page.html",
        extra: Mapping[str, object] | None = None,
        on_export: Callable[[HttpRequest, str, int], None] | None = None,
    ) -> HttpResponseBase:
        """The page of the list, or with ``export=csv|xlsx`` in the address the file of all its pages.

        ``keep``: parameters of the view itself that its links carry along. ``on_export(request, format, rows)`` is
        called before a file goes out, for lists whose export is an act. Counting and a page cost one query each. A
        POST, of the form of a list with a private filter, is sent on to the address of what it asks for.
        """
        if request.method == "POST":
            return HttpResponseRedirect(self._address_of(request))
        state = read_state(request, self.columns, self.filters, keep)
        rows = self._rows(source, state)
        notes = list(state.notes)
        if state.export:
            total = rows.count()
            if state.export == "xlsx" and total > EXCEL_ROWS:
                notes.append(f"共{total}条，超过 Excel 工作表的行数上限；请缩小范围，或导出 CSV")
            else:
                if on_export is not None:
                    on_export(request, state.export, total)
                return self._file(rows, state, title)
        context = {
            "title": title,
            "subtitle": subtitle,
            "actions": actions,
            "breadcrumbs": breadcrumbs,
            "tabs": tabs,
            "listing": self._page(rows, state, notes, title),
        }
        return render(request, template, {**context, **(extra or {})})

    def page(self, request: HttpRequest, source: Source, *, caption: str, keep: Sequence[str] = ()) -> ListPage:
        """The list as a part of another page: ``{% include "look/lists/table.html" %}`` shows it as ``listing``."""
        state = read_state(request, self.columns, self.filters, keep)
        return self._page(self._rows(source, state), state, list(state.notes), caption)

    def _address_of(self, request: HttpRequest) -> str:
        asked = {name: text for name, text in request.POST.items() if text and name != "csrfmiddlewaretoken"}
        for one in self.filters:
            if one.private and (words := one.bind(request.POST, request)).value:
                asked |= words.typed
        return f"{request.path}?{urlencode(asked)}"

    def _rows(self, source: Source, state: State) -> Rows:
        rows = rows_of(source)
        for bound in state.filters:
            rows = bound.apply(rows)
        return rows.ordered(self._order(state))

    def _order(self, state: State) -> Sequence[str]:
        if not state.sort:
            return self.order
        column = next(one for one in self.columns if one.key == state.sort.removeprefix("-"))
        if not state.sort.startswith("-"):
            return column.sort_fields
        return [name[1:] if name.startswith("-") else f"-{name}" for name in column.sort_fields]

    def _shown(self, state: State) -> list[Column]:
        return [c for c in self.columns if (c.key in state.columns if state.columns else c.shown)]

    def _page(self, rows: Rows, state: State, notes: list[str], caption: str) -> ListPage:
        shown = self._shown(state)
        paging = paging_of(rows, state, self.page_size, notes)
        start = (paging.number - 1) * self.page_size
        return ListPage(
            heads=heads_of(shown, state),
            rows=[row_of(row, shown, self.row_link) for row in rows.part(start, start + self.page_size)],
            paging=paging,
            state=state,
            columns=[(column, column in shown) for column in self.columns],
            notes=notes,
            empty=self.empty,
            caption=caption,
        )

    def _file(self, rows: Rows, state: State, title: str) -> HttpResponseBase:
        # A file goes further than the page: whom somebody looked for does not go with it.
        conditions = [
            (bound.filter.label, "（略）" if bound.filter.private else bound.words)
            for bound in state.filters
            if bound.words
        ]
        export = Export(title, self._shown(state), rows, conditions)
        return as_csv(export) if state.export == "csv" else as_xlsx(export)
