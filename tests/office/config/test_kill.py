"""Twenty clerks at work while web, worker and database are killed thirty times: nothing is half-done or done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from office.config.clerks import MAKE, Clerk
from office.config.killing import PARTS, Story, killed_at_work

CLERKS, KILLS, UPLOADS = 20, 30, 3
SEED = 4

OPEN_WORK = (
    "SELECT (SELECT count(*) FROM analysis_document WHERE state IN ('waiting', 'reading'))"
    " + (SELECT count(*) FROM analysis_batch WHERE finished_at IS NULL)"
    " + (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing')"
    " + (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queue_name = 'analysis')"
)
QUESTIONS = {
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


@pytest.fixture(scope="module")
def story() -> Iterator[Story[Clerk]]:
    with killed_at_work(
        MAKE,
        lambda running: [Clerk(n, f"http://127.0.0.1:{running.port}/", UPLOADS) for n in range(CLERKS)],
        kills=KILLS,
        seed=SEED,
        open_work=OPEN_WORK,
        questions=QUESTIONS,
    ) as told:
        yield told


def test_every_part_was_killed_and_every_clerk_did_their_work(story: Story[Clerk]) -> None:
    assert story.killed.total() == KILLS
    assert set(story.killed) == PARTS
    assert [clerk.unexpected for clerk in story.visitors if clerk.unexpected] == []
    assert all(clerk.promised for clerk in story.visitors), "somebody never got through"
    assert any(clerk.lost for clerk in story.visitors), "nobody noticed anything: the kills came at no bad moment"


def test_what_was_promised_is_there(story: Story[Clerk]) -> None:
    kept = {tuple(sorted(names)) for _, names in story.rows["batches"]}
    promised = [tuple(sorted(names)) for clerk in story.visitors for names in clerk.promised]
    assert [names for names in promised if names not in kept] == []


def test_nothing_is_there_that_nobody_sent_and_nothing_twice(story: Story[Clerk]) -> None:
    sent = Counter(name for clerk in story.visitors for names in clerk.sent for name in names)
    kept = Counter(name for (name,) in story.rows["names"])
    assert not kept - sent


def test_nothing_is_half_done(story: Story[Clerk]) -> None:
    sent = {tuple(sorted(names)) for clerk in story.visitors for names in clerk.sent}
    assert [names for _, names in story.rows["batches"] if tuple(sorted(names)) not in sent] == []
    assert story.rows["empty batches"] == []
    assert story.rows["not read"] == []
    assert story.rows["without reading"] == []


def test_every_upload_is_one_act_and_every_end_another(story: Story[Clerk]) -> None:
    batches = Counter(batch for batch, _ in story.rows["batches"])
    assert Counter(batch for (batch,) in story.rows["uploads"]) == batches
    assert Counter(batch for (batch,) in story.rows["finishes"]) == batches


def test_no_job_was_given_up(story: Story[Clerk]) -> None:
    assert story.rows["failed jobs"] == []


def test_the_chain_of_the_log_is_intact(story: Story[Clerk]) -> None:
    assert story.rows["unlinked acts"] == []
    assert story.verified.returncode == 0
    assert "完整" in story.verified.stdout
