"""Finding acts among very many: every question has its index, and words are found in whole and in part."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from gongkai.office.acts.models import Act
from gongkai.office.acts.selectors.search import Acts, acts

pytestmark = pytest.mark.django_db


def write(name: str, **values: object) -> Act:
    fields = {"verb": "x", "label": "写入", "actor_name": "张三", "thing_type": "x", "thing_id": "1"}
    return Act.objects.create(**{**fields, "thing_name": name, **values})


@pytest.mark.parametrize(
    ("index", "question"),
    [
        ("act_at", lambda found: found),
        ("act_at", lambda found: found.filter(at__lt=timezone.now())),
        ("act_actor", lambda found: found.filter(actor_id=1)),
        ("act_body", lambda found: found.filter(body_id=1)),
        ("act_verb", lambda found: found.filter(verb="v7")),
        ("act_thing", lambda found: found.filter(thing_type="x", thing_id="7")),
        ("act_request", lambda found: found.filter(request_number="r-1")),
        ("act_words", lambda found: found.having("民政")),
    ],
)
def test_every_question_of_the_list_has_its_index(index: str, question: Callable[[Acts], Acts]) -> None:
    """Of a few acts PostgreSQL would read all, sort them, or go through the newest: it is told not to where there is
    another way. What it would choose by itself depends on what earlier tests left in its files."""
    for n in range(300):
        write(f"第{n}件", verb=f"v{n}", thing_id=str(n), actor_id=n % 60, body_id=n % 70, request_number=f"r-{n}")
    sorts = index in ("act_request", "act_words")  # what these find is little
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE acts_act")
        cursor.execute(f"SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = {'on' if sorts else 'off'}")
        cursor.execute(f"SET LOCAL enable_indexscan = {'off' if sorts else 'on'}")  # what finds little makes a bitmap
    plan = question(acts())[:50].explain()
    assert index in plan
    assert ("Sort" in plan) == sorts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("民政局", True),
        ("政局", True),
        ("县民", True),
        ("民", True),
        ("局民", False),
        ("民政 2024", True),
        ("民政 2025", False),
        ("〔2024〕5号", True),
        ("abc", True),
        ("ABC", True),
        ("100%", True),
        ("100_", False),
        ("旧名称", True),
        ("一\n二", True),
        ("'; DROP TABLE acts_act; --", False),
        ("𠮷野", True),
    ],
)
def test_words_are_found_wherever_they_stand(text: str, found: bool) -> None:
    write("县民政局", ground="县委编办〔2024〕5号 Abc 100%", detail={"原名": "旧名称", "注": "一\n二", "人": "𠮷野"})
    assert acts().having(text).exists() == found


def test_a_list_is_counted_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.office.acts.selectors.search.AT_MOST", 3)
    for n in range(5):
        write(f"第{n}件")
    assert acts().for_list().count() == 3
    assert acts().count() == 5
    assert acts().filter(thing_name="第1件").for_list().count() == 1
