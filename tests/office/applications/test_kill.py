"""Citizens apply and clerks work on one register while web, worker and database are killed: nothing is lost or doubled.

Over real HTTP, with a real mail server, which takes a moment for each mail so that kills fall into it.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

import pytest
from office.applications.at_work import CLERKS, MAKE, Citizen, Clerk, Desk
from office.config.killing import PARTS, Story, killed_at_work
from office.config.serving import Office, free_port

CITIZENS, EACH, KILLS, SEED = 8, 2, 20, 5
MAIL_SERVER = Path(__file__).parents[1] / "acts" / "mail_server.py"

OPEN_WORK = (
    "SELECT (SELECT count(*) FROM acts_mail WHERE state = 'waiting')"
    " + (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing')"
)
# A mail that was in hand when its worker died waits a quarter of an hour for it; here that is over.
SETTLE = """
import datetime
from gongkai.office.acts.models import Mail
from gongkai.office.acts.services.mail import sweep
from django.utils import timezone
Mail.objects.filter(state="sending").update(tried_at=timezone.now() - datetime.timedelta(hours=1))
sweep()
"""
QUESTIONS = {
    "cases": "SELECT id, body_id, number, code, description, version, state FROM applications_application",
    "events": "SELECT application_id, event FROM applications_caseevent",
    "acts": "SELECT thing_id::bigint, verb, (detail->>'version')::int FROM acts_act"
    " WHERE thing_type = 'applications.application'",
    "replies": "SELECT application_id, number FROM applications_decision",
    "drafts": "SELECT application_id FROM portal_draft WHERE application_id IS NOT NULL",
    "mails": "SELECT message_id, state, about_id::bigint FROM acts_mail",
    "failed jobs": "SELECT id, task_name, attempts FROM procrastinate_jobs WHERE status = 'failed'",
    "unlinked acts": "SELECT id FROM acts_act WHERE id NOT IN (SELECT act_id FROM acts_link)",
}


@contextmanager
def mail_server(port: int, folder: Path) -> Iterator[None]:
    command = [sys.executable, str(MAIL_SERVER), str(port), str(folder), "think"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield
    finally:
        process.kill()
        process.communicate()


def visitors(running: Office) -> list[Citizen | Clerk]:
    """Every fourth citizen asks the other body."""
    address = f"http://127.0.0.1:{running.port}/"
    own, other = (pk for (pk,) in running.ask("SELECT id FROM bodies_body WHERE kind = 'department' ORDER BY id"))
    citizens = [Citizen(n, address, other if n % 4 == 3 else own, EACH) for n in range(CITIZENS)]
    desk = Desk(online=sum(EACH for n in range(CITIZENS) if n % 4 != 3))
    return [*citizens, *(Clerk(n, address, own, desk) for n in range(CLERKS))]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the mail server has taken, a file each."""
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def story(taken: Path) -> Iterator[Story[Citizen | Clerk]]:
    port = free_port()
    # As behind a proxy with HTTPS: on trial, over plain HTTP, no mail is sent.
    settings = {"GONGKAI_PLAIN_HTTP": "0", "GONGKAI_PROXY": "1", "GONGKAI_HOSTS": "xxgk.example.gov.cn"}
    with (
        mail_server(port, taken),
        killed_at_work(
            MAKE,
            visitors,
            kills=KILLS,
            seed=SEED,
            open_work=OPEN_WORK,
            settle=SETTLE,
            questions=QUESTIONS,
            settings={**settings, "GONGKAI_MAIL_URL": f"smtp://127.0.0.1:{port}"},
        ) as told,
    ):
        yield told


@pytest.fixture
def citizens(story: Story[Citizen | Clerk]) -> list[Citizen]:
    return [one for one in story.visitors if isinstance(one, Citizen)]


@pytest.fixture
def clerks(story: Story[Citizen | Clerk]) -> list[Clerk]:
    return [one for one in story.visitors if isinstance(one, Clerk)]


def test_every_part_was_killed_and_everybody_got_through(
    story: Story[Citizen | Clerk], citizens: list[Citizen], clerks: list[Clerk]
) -> None:
    assert story.killed.total() == KILLS
    assert set(story.killed) == PARTS
    assert [one.unexpected for one in story.visitors if one.unexpected] == []
    assert any(one.lost for one in citizens), "no citizen noticed anything: the kills came at no bad moment"
    assert any(one.lost for one in clerks)
    assert sum(one.told for one in clerks) > 0, "no two clerks ever wanted the same"
    assert {act for one in clerks for _, act in one.promised} >= {"confirmed", "assign", "draft", "review", "sign"}


def test_what_was_receipted_or_registered_is_there_once(
    story: Story[Citizen | Clerk], citizens: list[Citizen], clerks: list[Clerk]
) -> None:
    kept = {description: (code, number, pk) for pk, _, number, code, description, *_ in story.rows["cases"]}
    times = Counter(description for *_, description, _, _ in story.rows["cases"])
    asked = {f"名单{wanted}" for one in citizens for wanted in one.asked}
    assert [name for name, count in times.items() if count > 1] == []
    assert set(times) <= asked | {f"名单{sent}" for one in clerks for sent in one.sent}
    for citizen in citizens:
        assert len(citizen.promised) == EACH
        for wanted, receipt in citizen.promised.items():
            assert kept[f"名单{wanted}"][:2] == receipt
    for clerk in clerks:
        for wanted, pk in clerk.registered.items():
            assert kept[f"名单{wanted}"][2] == pk
    drafts = Counter(pk for (pk,) in story.rows["drafts"])
    assert len(drafts) == drafts.total() == len(asked), "each draft is one case"


def test_each_register_and_the_replies_are_numbered_without_gap_or_double(story: Story[Citizen | Clerk]) -> None:
    registers: dict[int, list[int]] = {}
    for _, body, number, *_ in story.rows["cases"]:
        registers.setdefault(body, []).append(number)
    assert len(registers) == 2
    for numbers in registers.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    replies = sorted(int(number.rpartition("〕")[2][:-1]) for _, number in story.rows["replies"] if number)
    assert replies
    assert replies == list(range(1, len(replies) + 1))


def test_what_clerks_were_told_is_done_was_done_once_and_nothing_is_lost(
    story: Story[Citizen | Clerk], clerks: list[Clerk]
) -> None:
    acts = Counter((pk, verb) for pk, verb, _ in story.rows["acts"])
    names = {"sign": "signed_and_sent", "review": "approve"}
    for clerk in clerks:
        for pk, act in clerk.promised:
            assert acts[pk, f"applications.{names.get(act, act)}"] >= 1, (pk, act)
    events = Counter(story.rows["events"])
    assert [what for what, count in events.items() if count > 1] == [], "the course allows each of these once"
    assert {(pk, f"applications.{event}"): 1 for pk, event in events} == {
        what: acts[what] for what in acts if what[1].partition(".")[2] in {event for _, event in events}
    }
    signed = {pk for pk, event in events if event == "signed_and_sent"}
    assert {pk for pk, number in story.rows["replies"] if number} == signed


def test_no_change_of_a_case_overwrote_another(story: Story[Citizen | Clerk]) -> None:
    """Each counted the version up from the one before it."""
    told: dict[int, list[int]] = {}
    for pk, _, version in story.rows["acts"]:
        told.setdefault(pk, []).extend([] if version is None else [version])
    for pk, *_, version, _ in story.rows["cases"]:
        assert sorted(told[pk]) == list(range(2, version + 1))


def test_no_mail_went_out_twice_and_none_is_lost(
    story: Story[Citizen | Clerk], taken: Path, citizens: list[Citizen]
) -> None:
    arrived = Counter(message_from_bytes(file.read_bytes())["Message-ID"] for file in taken.iterdir())
    states = {message_id: state for message_id, state, _ in story.rows["mails"]}
    assert [name for name, count in arrived.items() if count > 1] == []
    assert set(arrived) <= set(states)
    assert set(states.values()) <= {"sent", "uncertain"}
    assert [name for name, state in states.items() if state == "sent" and name not in arrived] == []
    receipts = Counter(about for *_, about in story.rows["mails"])
    online = {pk for pk, *_, description, _, _ in story.rows["cases"]} & set(receipts)
    assert receipts == dict.fromkeys(online, 1)
    assert len(receipts) == sum(len(one.asked) for one in citizens)


def test_no_job_was_given_up(story: Story[Citizen | Clerk]) -> None:
    assert story.rows["failed jobs"] == []


def test_the_chain_of_the_log_is_intact(story: Story[Citizen | Clerk]) -> None:
    assert story.rows["unlinked acts"] == []
    assert "完整" in story.verified.stdout
