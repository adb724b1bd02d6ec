"""A list of books for the tests of lists: plain rows, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gongkai.office.look.lists import Choice, Column, DateRange, Listing, Search, YesNo


@dataclass(frozen=True)
class Book:
    number: int
    title: str
    kind: str
    bought: date | None
    lent: bool
    seen: datetime


TITLES = ("政府信息公开条例", "Excel 入门", "=1+1", "土地管理法", "@SUM(A1)", "档案法")
BOOKS = [
    Book(
        number=n,
        title=TITLES[n % 6],
        kind=("law", "manual")[n % 2],
        bought=date(2024, 1, 1) + timedelta(n) if n % 5 else None,
        lent=n % 3 == 0,
        # 16:30 UTC is half past midnight of the next day in the office.
        seen=datetime(2024, 1, 1, 16, 30, tzinfo=UTC) + timedelta(n),
    )
    for n in range(1, 26)
]
LISTING = Listing(
    columns=[
        Column("number", "编号", sort="number", align="end"),
        Column("title", "书名", sort=["title", "-number"]),
        Column("kind", "类别"),
        Column("bought", "购入日期", sort="bought"),
        Column("seen", "查看时间", shown=False),
        Column("lent", "借出", shown=False),
    ],
    filters=[
        Search(on=["title", "number"]),
        Choice("kind", "类别", choices=[("law", "法规"), ("manual", "手册")]),
        DateRange("bought", "购入日期"),
        DateRange("seen", "查看时间", moments=True),
        YesNo("lent", "借出"),
    ],
    row_link=lambda book: f"/books/{book.number}/",
    page_size=10,
)
