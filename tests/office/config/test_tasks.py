"""Jobs: each has a rule for trying again, and what a dead worker had in hand is run again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app

from gongkai.office.config.interrupted import MOST_ATTEMPTS, run_again

OURS = [task for task in app.tasks.values() if not task.name.startswith(("builtin:", "deeds."))]


def test_the_tasks_of_the_apps_are_found() -> None:
    assert {"config.interrupted", "config.old_jobs", "config.old_sessions"} <= {task.name for task in OURS}


@pytest.mark.parametrize("task", OURS, ids=lambda task: task.name)
def test_every_job_has_a_rule_for_trying_again(task: Any) -> None:
    assert task.retry_strategy is not None, "docs/office/jobs.md: every job is idempotent and is tried again"


@pytest.mark.parametrize(
    "task", [periodic.task for periodic in app.periodic_registry.periodic_tasks.values()], ids=lambda task: task.name
)
def test_a_job_by_the_clock_waits_in_the_queue_once(task: Any) -> None:
    assert task.queueing_lock


def with_worker_app(do: Any) -> Any:
    """``do(app)`` with the connection that a worker has."""

    async def run() -> Any:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
            async with worker_app.open_async():
                return await do(worker_app)

    return asyncio.run(run())


def job(task: str, *, attempts: int = 0, silent: int | None = None) -> int:
    """A job in hand; of a worker silent for so many seconds, or of one that is no longer written down."""
    with connection.cursor() as cursor:
        worker = None
        if silent is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
                " RETURNING id",
                [silent],
            )
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id)"
            " VALUES ('default', %s, '{\"timestamp\": 0}', 'doing', %s, %s) RETURNING id",
            [task, attempts, worker],
        )
        return int(cursor.fetchone()[0])


def state(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [number])
        row = cursor.fetchone()
    return str(row[0]) if row else "gone"


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_had_in_hand_goes_back_into_the_queue() -> None:
    of_the_dead, of_nobody, of_the_living = job("x", silent=60), job("x"), job("x", silent=1)
    hopeless = job("x", silent=60, attempts=MOST_ATTEMPTS)

    async def do(worker_app: App) -> int:
        return await run_again(worker_app.job_manager, silent_for=20)

    assert with_worker_app(do) == 2
    assert [state(number) for number in (of_the_dead, of_nobody)] == ["todo", "todo"]
    assert state(of_the_living) == "doing"
    assert state(hopeless) == "failed", "it would kill the worker for ever"


@pytest.mark.django_db(transaction=True)
def test_the_nightly_jobs_clear_away_what_is_old_and_only_that() -> None:
    def finished(status: str, days: int) -> int:
        number = job("x")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - make_interval(days => %s) WHERE job_id = %s",
                [days, number],
            )
        return number

    old, fresh = finished("succeeded", 8), finished("succeeded", 6)
    failed, long_failed = finished("failed", 60), finished("failed", 100)

    async def do(worker_app: App) -> None:
        for name in ("config.old_jobs", "config.old_sessions", "config.interrupted"):
            await worker_app.configure_task(name).defer_async(timestamp=0)
        await worker_app.run_worker_async(wait=False)

    with_worker_app(do)
    assert [state(number) for number in (old, long_failed)] == ["gone", "gone"]
    assert [state(number) for number in (fresh, failed)] == ["succeeded", "failed"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs WHERE task_name LIKE 'config.%'")
        assert set(cursor.fetchall()) >= {(f"config.{name}", "succeeded") for name in ("old_jobs", "old_sessions")}
