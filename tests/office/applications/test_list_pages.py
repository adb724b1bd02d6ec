"""The list: filters in the address, masks, exports as acts, a constant number of queries."""

from __future__ import annotations

import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from office.applications.casework import FIELDS, as_person, registered
from office.applications.pages import at, page, text
from office.world import World, build_world

from gongkai.office.acts.models import Act
from gongkai.office.applications.models import Application, SavedFilter
from gongkai.office.applications.services.assigning import assign
from gongkai.statute import calendar

TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def ago(working_days: int) -> str:
    return calendar.at(calendar.index(TODAY) - 1 - working_days).isoformat()


def shown(world: World, role: str, **params: str) -> set[int]:
    """Numbers on the page."""
    answer = at(world, role).get(page("cases"), params)
    assert answer.status_code == 200
    return {int(number) for number in __import__("re").findall(r"\d{4}-(\d{4})</a>", text(answer))}


def test_the_colours_of_the_clock_are_filters(world: World) -> None:
    for used in (2, 16, 19, 25):  # 18, 4 and 1 left; overdue
        registered(world, ago(used), description=f"用去{used}日")
    colours = {}
    for colour in ("green", "yellow", "orange", "red"):
        (one,) = shown(world, "handler", urgency=colour)
        colours[colour] = Application.objects.get(number=one, year__gt=2000, description__startswith="用去").description
    assert colours == {"green": "用去2日", "yellow": "用去16日", "orange": "用去19日", "red": "用去25日"}
    page_text = text(at(world, "handler").get(page("cases")))
    assert "逾期5个工作日" in page_text
    assert "还剩1个工作日" in page_text


def test_stuck_cases_are_those_without_handler_or_without_event_for_ten_working_days(world: World) -> None:
    nobody = registered(world, ago(2))
    fresh, still = registered(world, ago(3)), registered(world, ago(12))
    for case in (fresh, still):
        assign(as_person(world, "registrar"), case, to=world.people["handler"])
    assert shown(world, "handler", stuck="yes") == {nobody.number, still.number}
    assert shown(world, "handler", stuck="no") == {fresh.number}
    assert shown(world, "handler", mine="yes") == {fresh.number, still.number}
    assert shown(world, "handler", handler="none") == {nobody.number}


def test_the_department_in_charge_reads_masked_names_and_cannot_search_for_them(world: World) -> None:
    case = registered(world, ago(2), applicant_name="张小明")
    registered(world, ago(2), applicant_name="清源化工有限公司", applicant_kind="business")
    whole = text(at(world, "supervisor").get(page("cases")))
    assert "张某某" in whole
    assert "某商业企业" in whole
    assert "张小明" not in whole
    assert "清源化工" not in whole
    assert shown(world, "supervisor", q="张小明") == set()
    assert shown(world, "handler", q="张小明") == {case.number}


def test_whom_somebody_looks_for_stands_in_no_address(world: World) -> None:
    case = registered(world, ago(2), applicant_name="张小明")
    registered(world, ago(2), applicant_name="李小红")
    client = at(world, "handler")
    assert 'class="look-filters" method="post"' in text(client.get(page("cases")))
    answer = client.post(page("cases"), {"q": "张小明", "state": "open", "handler": ""})
    assert answer.status_code == 302
    address = answer["Location"]
    assert "state=open" in address
    found = client.get(address)
    assert {row.cells[0].href for row in found.context["listing"].rows} == {page("case", case.pk)}
    assert "“张小明”" in text(found), "the page says what was looked for"
    straight = client.get(page("cases"), {"q": "张小明"})  # from a bookmark of old
    for where in (address, *(link for one in (found, straight) for link in addresses(text(one)))):
        assert "张小明" not in unquote(where)
    book = client.get(f"{address}&export=xlsx")
    with zipfile.ZipFile(io.BytesIO(b"".join(book.streaming_content))) as file:
        assert not [name for name in file.namelist() if "张小明" in file.read(name).decode("utf-8", "replace")]
    elsewhere = text(at(world, "reviewer").get(address))
    assert "搜索的内容已经失效，请重新填写" in elsewhere
    client.post(page("save_filter"), {"name": "未办结", "query": address.partition("?")[2]})
    assert SavedFilter.objects.get().query == "state=open"


def addresses(shown: str) -> list[str]:
    return re.findall(r'(?:href|action)="([^"]*)"', shown) + re.findall(r'type="hidden"[^>]*value="([^"]*)"', shown)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_names_nobody_and_is_an_act(world: World, form: str) -> None:
    registered(world, ago(2), applicant_name="张小明")
    answer = at(world, "handler").get(page("cases"), {"export": form, "q": "张小明"})
    content = b"".join(answer.streaming_content)
    assert content
    if form == "csv":
        assert "张某某" in content.decode("utf-8-sig")
        assert "张小明" not in content.decode("utf-8-sig").partition("登记号")[2]
    act = Act.objects.get(verb="applications.export")
    assert act.detail == {"格式": form, "件数": 1}


def test_a_filter_is_kept_for_oneself(world: World) -> None:
    client = at(world, "handler")
    client.post(page("save_filter"), {"name": "快到期", "query": "urgency=orange&page=3&export=csv"})
    kept = SavedFilter.objects.get()
    assert kept.query == "urgency=orange"
    assert "快到期" in text(client.get(page("cases")))
    assert "快到期" not in text(at(world, "reviewer").get(page("cases")))
    assert at(world, "reviewer").post(page("delete_filter", kept.pk)).status_code == 404
    assert client.post(page("delete_filter", kept.pk)).status_code == 302
    assert not SavedFilter.objects.exists()


def test_the_workload_counts_open_cases_by_handler(world: World) -> None:
    case = registered(world, ago(2))
    registered(world, ago(25))
    assign(as_person(world, "registrar"), case, to=world.people["handler"])
    answer = at(world, "reviewer").get(page("workload"))
    rows = {row["name"]: (row["open"], [badge.text for badge in row["counts"]]) for row in answer.context["rows"]}
    assert rows == {"承办人甲": (1, ["1", "0", "0", "0"]), "尚未指定承办人": (1, ["0", "0", "0", "1"])}


def test_the_list_costs_as_many_queries_for_a_thousand_cases_as_for_ten(world: World) -> None:
    def add(count: int, first: int) -> None:
        fields = {key: FIELDS[key] for key in FIELDS if key not in ("identity_number", "phone", "address")}
        Application.objects.bulk_create(
            Application(
                **fields,
                body=world.own,
                year=2024,
                number=number,
                code=f"{number:012d}",
                channel="counter",
                arrived_on="2024-01-22",
                received_on="2024-01-22",
                due="2024-02-22",
                state="RECEIVED",
                handler=world.people["handler"],
            )
            for number in range(first, first + count)
        )

    client = at(world, "handler")
    add(10, 1)
    client.get(page("cases"))
    with CaptureQueriesContext(connection) as few:
        client.get(page("cases"))
    add(990, 11)
    with CaptureQueriesContext(connection) as many:
        client.get(page("cases"))
    assert len(many) == len(few)
    assert len(few) <= 14
