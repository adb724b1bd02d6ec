"""The log: one event a line, with the number of the request, and nothing about people."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from gongkai.office.bodies.models import Body, Person
from gongkai.office.config import logs
from gongkai.office.config.request_number import current, new_number

IDENTITY = "110105194912310021"

pytestmark = pytest.mark.urls("office.config.broken_urls")


class Written:
    """What the log wrote, line by line."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(formatter)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def events(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[Written]:
    found = Written(getattr(request, "param", logs.JsonLine)())
    logging.getLogger().addHandler(found.handler)
    yield found
    logging.getLogger().removeHandler(found.handler)


def test_a_request_is_one_line_with_its_number_and_no_values_of_the_query(written: Written) -> None:
    response = Client().get("/takes?q=张三&page=2")
    [event] = written.events()
    assert event["number"] == response.headers["X-Request-Number"]
    assert {key: event[key] for key in ("method", "path", "status", "person", "query")} == {
        "method": "GET",
        "path": "/takes",
        "status": 200,
        "person": None,
        "query": ["page", "q"],
    }
    assert isinstance(event["ms"], float)
    assert "张三" not in written.text


@pytest.mark.django_db
def test_a_person_stands_in_the_log_by_id_and_not_by_name(written: Written) -> None:
    body = Body.objects.create(kind="department", name="青禾县财政局")
    person = Person.objects.create(account="zhangsf", name="张三丰", body=body)
    client = Client()
    client.force_login(person)
    client.get("/inside")
    event = next(event for event in written.events() if event["event"] == "request")
    assert event["person"] == person.pk
    assert "张三丰" not in written.text
    assert "zhangsf" not in written.text


def test_a_fault_tells_where_and_not_what_was_typed(written: Written) -> None:
    response = Client(raise_request_exception=False).post("/breaks", {"subject_wanted": "李四的住址"})
    events = written.events()
    assert {event["number"] for event in events} == {response.headers["X-Request-Number"]}
    fault = next(event for event in events if "exception" in event)
    assert fault["exception"] == "builtins.RuntimeError"
    assert any("broken_urls.py" in str(frame) and str(frame).endswith("breaks") for frame in fault["trace"])  # type: ignore[attr-defined]
    assert "李四" not in written.text
    assert "broke it" not in written.text


@pytest.mark.parametrize("written", [logs.JsonLine, logs.TextLine], indirect=True)
@pytest.mark.parametrize("number", [IDENTITY, "11010519491231002X", "13800138000"])
def test_numbers_of_people_never_reach_the_log(written: Written, number: str) -> None:
    logging.getLogger("gongkai.x").warning("办理 %s 的申请", number)
    assert number not in written.text
    assert "办理 *** 的申请" in written.text


def test_arguments_of_jobs_never_reach_the_log(written: Written) -> None:
    job = {"id": 7, "task_name": "acts.deliver", "task_kwargs": {"to": "someone@example.org"}}
    logging.getLogger("procrastinate.worker").error(
        "Job acts.deliver[7](to='someone@example.org') failed", extra={"action": "job_error", "job": job}
    )
    [event] = written.events()
    assert event["event"] == "job_error acts.deliver #7"
    assert "someone" not in written.text


@pytest.mark.parametrize("written", [logs.TextLine], indirect=True)
def test_at_a_terminal_a_request_is_a_line_of_words(written: Written) -> None:
    response = Client().get("/takes")
    line = written.text.strip()
    assert " 信息 GET /takes 200 " in line
    assert line.endswith(response.headers["X-Request-Number"])
    assert "\n" not in line


def test_lines_of_other_parts_carry_the_number_of_the_request_at_hand(written: Written) -> None:
    token = current.set("20261122-3F7K2M")
    logging.getLogger("gongkai.acts").warning("something")
    current.reset(token)
    assert written.events()[0]["number"] == "20261122-3F7K2M"


def test_numbers_do_not_repeat_within_thousands() -> None:
    numbers = [new_number() for _ in range(3000)]
    assert len(set(numbers)) > 2995
    assert not set("".join(number[9:] for number in numbers)) & set("01OILU")
