"""Twenty clerks at work while web, worker and database are killed thirty times: nothing is half-done or done twice."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from office.config.clerks import MAKE, Clerk
from office.config.serving import Office, environment, left_of, office, wait_for

CLERKS, KILLS, UPLOADS = 20, 30, 3
SEED = 4
SETTINGS = {"GONGKAI_WORKERS": "2", "GONGKAI_MFA_ROLES": ""}


@dataclass
class Story:
    """What happened: the clerks, what was killed, and what the database says afterwards."""

    clerks: list[Clerk]
    killed: Counter[str]
    rows: dict[str, list[Any]]
    verified: subprocess.CompletedProcess[str]
    seconds: dict[str, float]


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    with tempfile.TemporaryDirectory(prefix="gongkai-test-", ignore_cleanup_errors=True) as name:
        data = Path(name) / "data"
        for command in (["migrate", "--verbosity", "0"], ["shell", "-v", "0", "-c", MAKE]):
            _office_command(data, "office", *command)
        with office(data, **SETTINGS) as running:
            running.open()
            address = f"http://127.0.0.1:{running.port}/"
            clerks = [Clerk(number, address, UPLOADS) for number in range(CLERKS)]
            begin = time.monotonic()
            for clerk in clerks:
                clerk.start()
            killed = _kill_at_random(running)
            kills = time.monotonic() - begin
            for clerk in clerks:
                clerk.join(180)
            assert not any(clerk.is_alive() for clerk in clerks)
            work = time.monotonic() - begin
            wait_for(running.ready)
            wait_for(lambda: _open_work(running) == 0, 180)
            rows = _rows(running)
            seconds = {"kills": kills, "work": work, "all": time.monotonic() - begin}
            assert running.end() == 0
            assert left_of(data) == []
        yield Story(clerks, killed, rows, _office_command(data, "audit", "verify"), seconds)


def _office_command(data: Path, *command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", *command],
        capture_output=True,
        text=True,
        check=False,
        env=environment(data, **SETTINGS),
    )
    assert done.returncode == 0, done.stderr
    return done


def _kill_at_random(running: Office) -> Counter[str]:
    chance, killed = random.Random(SEED), Counter[str]()
    while killed.total() < KILLS:
        time.sleep(chance.uniform(0.1, 1.5))
        what = chance.choice(["web", "a process of the web", "worker", "database"])
        victim = _find(running, what)
        if victim is None:  # still dead from the last time
            continue
        with suppress(psutil.NoSuchProcess):
            victim.kill()
            killed[what] += 1
    return killed


def _find(running: Office, what: str) -> psutil.Process | None:
    if what == "database":
        return running.postmaster()
    if what == "worker":
        return running.child("worker")
    web = running.child("web")
    if what == "web" or web is None:
        return web
    with suppress(psutil.NoSuchProcess):
        return next((one for one in web.children() if "spawn_main" in " ".join(one.cmdline())), None)
    return None


def _open_work(running: Office) -> int:
    with running.database() as database:
        row = database.execute(
            "SELECT (SELECT count(*) FROM analysis_document WHERE state IN ('waiting', 'reading'))"
            " + (SELECT count(*) FROM analysis_batch WHERE finished_at IS NULL)"
            " + (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing')"
            " + (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'analysis')"
        ).fetchone()
    return int(row[0])


def _rows(running: Office) -> dict[str, list[Any]]:
    questions = {
        "batches": "SELECT batch_id, array_agg(name ORDER BY number) FROM analysis_document GROUP BY batch_id",
        "empty batches": "SELECT id FROM analysis_batch WHERE id NOT IN (SELECT batch_id FROM analysis_document)",
        "uploads": "SELECT thing_id::bigint FROM acts_act WHERE verb = 'analysis.upload'",
        "finishes": "SELECT thing_id::bigint FROM acts_act WHERE verb = 'analysis.finish'",
        # A document that was in hand at four kills counts as what killed its reader: that is its proper end.
        "not read": "SELECT id, state, tries, reason FROM analysis_document WHERE state <> 'read' AND tries < 4",
        "without reading": "SELECT id FROM analysis_document WHERE state = 'read'"
        " AND id NOT IN (SELECT document_id FROM analysis_reading)",
        "names": "SELECT name FROM analysis_document",
        "failed jobs": "SELECT id, task_name, attempts FROM procrastinate_jobs WHERE status = 'failed'",
        "unlinked acts": "SELECT id FROM acts_act WHERE id NOT IN (SELECT act_id FROM acts_link)",
    }
    with running.database() as database:
        return {name: database.execute(question).fetchall() for name, question in questions.items()}  # type: ignore[arg-type]


def test_every_part_was_killed_and_every_clerk_did_their_work(story: Story) -> None:
    assert story.killed.total() == KILLS
    assert set(story.killed) == {"web", "a process of the web", "worker", "database"}
    assert [clerk.unexpected for clerk in story.clerks if clerk.unexpected] == []
    assert all(clerk.promised for clerk in story.clerks), "somebody never got through"
    assert sum(clerk.lost for clerk in story.clerks) > 0, "nobody noticed anything: the kills came at no bad moment"


def test_what_was_promised_is_there(story: Story) -> None:
    kept = {tuple(sorted(names)) for _, names in story.rows["batches"]}
    promised = [tuple(sorted(names)) for clerk in story.clerks for names in clerk.promised]
    assert [names for names in promised if names not in kept] == []


def test_nothing_is_there_that_nobody_sent_and_nothing_twice(story: Story) -> None:
    sent = Counter(name for clerk in story.clerks for names in clerk.sent for name in names)
    kept = Counter(name for (name,) in story.rows["names"])
    assert not kept - sent


def test_nothing_is_half_done(story: Story) -> None:
    sent = {tuple(sorted(names)) for clerk in story.clerks for names in clerk.sent}
    assert [names for _, names in story.rows["batches"] if tuple(sorted(names)) not in sent] == []
    assert story.rows["empty batches"] == []
    assert story.rows["not read"] == []
    assert story.rows["without reading"] == []


def test_every_upload_is_one_act_and_every_end_another(story: Story) -> None:
    batches = Counter(batch for batch, _ in story.rows["batches"])
    assert Counter(batch for (batch,) in story.rows["uploads"]) == batches
    assert Counter(batch for (batch,) in story.rows["finishes"]) == batches


def test_no_job_was_given_up(story: Story) -> None:
    assert story.rows["failed jobs"] == []


def test_the_chain_of_the_log_is_intact(story: Story) -> None:
    assert story.rows["unlinked acts"] == []
    assert story.verified.returncode == 0
    assert "完整" in story.verified.stdout
