"""Lists from the database: two queries, however many rows; the same answers as from memory."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from office.look.conftest import Ask

from gongkai.office.look.lists import Choice, Column, Listing, Search

LISTING = Listing(
    columns=[Column("app_label", "应用", sort="app_label"), Column("model", "模型", sort="model")],
    filters=[
        Search(on=["app_label", "model"]),
        Choice("app_label", "应用", choices=[("shelf", "书架"), ("desk", "桌")]),
    ],
    page_size=20,
)


@pytest.fixture
def types(db: None) -> None:
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label="shelf" if n % 2 else "desk", model=f"book{n:03}") for n in range(300)
    )


@pytest.mark.parametrize("address", ["/", "/?q=book&sort=-model&page=3", "/?app_label=desk&page=99"])
@pytest.mark.usefixtures("types")
def test_a_page_takes_two_queries(address: str, ask: Ask, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        LISTING.respond(ask(address), ContentType.objects.all(), title="模型")


@pytest.mark.usefixtures("types")
def test_an_export_counts_and_reads_once(ask: Ask, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        response: Any = LISTING.respond(ask("/?export=csv"), ContentType.objects.all(), title="模型")
        assert b"".join(response.streaming_content).count(b"\r\n") == 301


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=BOOK0 1",
        "/?app_label=desk&sort=-model",
        "/?sort=-app_label&page=8",
        "/?sort=app_label&page=15",
        "/?q=%25",
        "/?q=_",
        "/?q=%27%3B--",
    ],
)
@pytest.mark.usefixtures("types")
def test_the_database_and_memory_answer_alike(address: str, ask: Ask) -> None:
    query = ContentType.objects.order_by("pk")
    pages = [LISTING.page(ask(address), source, caption="模型") for source in (query, list(query))]
    shown = [[[cell.value for cell in row.cells] for row in page.rows] for page in pages]
    assert shown[0] == shown[1]
    assert pages[0].paging.total == pages[1].paging.total


@pytest.mark.usefixtures("types")
def test_pages_that_sort_by_equal_values_do_not_overlap(ask: Ask) -> None:
    seen: list[Any] = []
    for number in range(1, 16):
        page = LISTING.page(ask(f"/?sort=app_label&page={number}"), ContentType.objects.all(), caption="模型")
        seen += [row.cells[1].value for row in page.rows]
    assert len(set(seen)) == len(seen) == 300
