"""Verification as the auditor sees it: asked for on the page, done by a job, anchored in the log and outside of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from office.world import World
from procrastinate.contrib.django.models import ProcrastinateJob

from gongkai.office.acts.models import Act, Link
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.selectors import chain
from gongkai.office.audit import heads
from gongkai.office.audit.models import Verification
from gongkai.office.audit.services import verifying
from gongkai.office.audit.tasks import every_night
from gongkai.office.look.cards import collect

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[[str], Client]
PAGE = "/audit/verification/"


@pytest.fixture
def world(transactional_db: None) -> World:
    from office.world import build_world

    ProcrastinateJob.objects.all().delete()
    return build_world()


def write(name: str) -> Act:
    return Act.objects.create(verb="x", label="写入", actor_name="张三", thing_type="x", thing_id="1", thing_name=name)


def tamper(*statements: str) -> None:
    """As the owner of the tables may, leaving the safeguards in force behind."""
    tables = {"acts_act": "acts_act_fixed", "acts_link": "acts_link_fixed"}
    with connection.cursor() as cursor:
        for table, trigger in tables.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        for statement in statements:
            cursor.execute(statement)
        for table, trigger in tables.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def run_asked() -> Verification:
    """What the worker does with the job that was deferred."""
    job = ProcrastinateJob.objects.get(task_name=verifying.JOB)
    verifying.run(**job.args)
    return Verification.objects.get(pk=job.args["verification_id"])


def test_the_auditor_asks_and_the_job_anchors_the_chain(world: World, as_role: As) -> None:
    write("甲")
    client = as_role("auditor")
    page = client.post(PAGE, follow=True)
    assert "等待处理" in page.content.decode()
    before = chain.head()
    done = run_asked()
    assert (done.state, done.asked_by, done.last, done.head) == ("intact", "安全审计员甲", *before)
    anchor = Act.objects.get(verb=heads.RECORDING)
    assert (anchor.actor_name, anchor.detail["hash"], anchor.detail["sequence"]) == ("系统", before[1], before[0])
    assert Link.objects.get(act=anchor).sequence > before[0], "the anchor itself stands in the chain"
    kept = json.loads(heads.file().read_text("utf-8"))
    assert (kept["sequence"], kept["hash"]) == before
    assert f"{before[1]}" in client.get(PAGE).content.decode()


def test_while_one_is_under_way_no_second_begins(world: World, as_role: As) -> None:
    client = as_role("auditor")
    client.post(PAGE)
    again = client.post(PAGE, follow=True).content.decode()
    assert "已有一次校验正在进行" in again
    assert Verification.objects.count() == 1


def test_the_job_may_come_twice(world: World) -> None:
    verifying.ask(SYSTEM, None)
    run_asked()
    run_asked()
    assert Act.objects.filter(verb=heads.RECORDING).count() == 1


def test_a_job_killed_half_way_is_walked_again(world: World) -> None:
    verifying.ask(SYSTEM, None)
    Verification.objects.update(state=Verification.State.RUNNING, done=1, total=9)
    assert run_asked().state == "intact"


def test_progress_is_told_to_the_page_that_waits(world: World, as_role: As) -> None:
    client = as_role("auditor")
    client.post(PAGE)
    one = Verification.objects.get()
    Verification.objects.update(state=Verification.State.RUNNING, done=4000, total=10000)
    part = client.get(f"{PAGE}{one.pk}/progress/", headers={"HX-Request": "true"}).content.decode()
    assert "4000/10000" in part
    assert "<html" not in part
    assert client.get(f"{PAGE}{one.pk}/progress/").status_code == 302


def test_every_night_one_is_asked_for(world: World) -> None:
    every_night(timestamp=0)
    assert run_asked().asked_by == "系统"
    assert Act.objects.filter(verb="audit.verify", actor_name="系统").count() == 1


def broken(world: World) -> Verification:
    """The log after somebody changed its second act."""
    for name in "甲乙丙":
        write(name)
    place = Link.objects.get(act__thing_name="乙")
    tamper(f"UPDATE acts_act SET thing_name = '改' WHERE id = {place.act_id}")
    verifying.ask(SYSTEM, None)
    return run_asked()


def test_a_broken_chain_is_named_on_the_page_in_the_log_and_first_on_the_auditor_s_desk(
    world: World, as_role: As
) -> None:
    found = broken(world)
    place = Link.objects.get(act__thing_name="改")
    sentence = f"第{place.sequence}号（操作记录{place.act_id}）的内容与校验值不符"
    assert (found.state, found.faults[0]["sentence"]) == ("broken", sentence)
    page = as_role("auditor").get(PAGE).content.decode()
    assert sentence in page
    assert f"/audit/acts/{place.act_id}/" in page
    assert Act.objects.get(verb=heads.RECORDING).detail["首处异常"] == sentence
    cards = collect(Actor(world.people["auditor"]))
    first = cards["waiting"][0]
    assert (first.title, first.count, first.tone, first.items[0].label) == ("操作日志校验发现异常", 1, "bad", sentence)
    assert not heads.file().exists(), "the head of a broken chain is no anchor"


def test_nobody_else_has_the_card(world: World) -> None:
    broken(world)
    for role in ("security_administrator", "system_administrator", "signatory"):
        titles = [card.title for group in collect(Actor(world.people[role])).values() for card in group]
        assert not [title for title in titles if "日志" in title]


def test_a_cut_tail_shows_against_the_head_kept_outside_of_the_database(world: World) -> None:
    for name in "甲乙丙":
        write(name)
    verifying.ask(SYSTEM, None)
    kept = run_asked()
    write("丁")
    tamper(
        "DELETE FROM acts_link WHERE sequence > 2",
        "DELETE FROM acts_act a WHERE NOT EXISTS (SELECT 1 FROM acts_link WHERE act_id = a.id)",
    )
    assert chain.verify().intact
    faults = chain.verify(heads.known()).faults
    assert [fault.kind for fault in faults] == ["head"]
    assert kept.head in faults[0].sentence
    assert "log-heads.jsonl" in faults[0].sentence


def test_a_torn_line_in_the_file_of_heads_says_nothing(world: World) -> None:
    heads.keep(1, "a" * 64, "2024-01-26T02:20:00+08:00")
    with heads.file().open("a") as file:
        file.write('{"sequence": 2, "ha')
    assert heads.known() == {"a" * 64: "2024-01-26T02:20:00+08:00记入文件log-heads.jsonl"}


def titles(world: World) -> dict[str, list[str]]:
    cards = collect(Actor(world.people["auditor"]))
    return {group: [card.title for card in found if "日志" in card.title] for group, found in cards.items()}


def test_the_desk_says_when_no_verification_came(world: World) -> None:
    assert titles(world)["stuck"] == ["操作日志久未校验"]
    verifying.ask(SYSTEM, None)
    run_asked()
    assert titles(world)["overview"] == ["操作日志完整"]


def test_the_chain_goes_out_as_a_file_that_proves_itself(world: World, as_role: As, tmp_path: Path) -> None:
    from gongkai.office.acts.export import verify_file

    write("甲")
    client = as_role("auditor")
    response = client.post("/audit/export/", {"first_day": "", "last_day": ""})
    assert response["Content-Disposition"].endswith('.jsonl"')
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    outcome = verify_file(path)
    noted = Act.objects.get(verb="audit.export_chain")
    assert outcome.intact
    assert (outcome.count, outcome.head) == (noted.detail["count"], noted.detail["hash"])


def test_days_in_the_wrong_order_are_said_beside_the_field(world: World, as_role: As) -> None:
    page = as_role("auditor").post("/audit/export/", {"first_day": "2024-02-01", "last_day": "2024-01-01"})
    assert "截止日期早于起始日期" in page.content.decode()
    assert not Act.objects.filter(verb="audit.export_chain").exists()
