"""Health and readiness: what is lacking is said, quickly, and by an address that asks for nothing else."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

from gongkai.office.config import health


def test_alive_needs_no_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, json.loads(response.content)) == (200, {"alive": True})
    assert "no-store" in response.headers["Cache-Control"]


def parts(client: Client) -> dict[str, bool]:
    found = json.loads(client.get("/readyz").content)
    assert found["ready"] == all(part["ready"] for part in found["parts"].values())
    return {name: part["ready"] for name, part in found["parts"].items()}


def test_without_a_database_it_is_not_ready_and_still_answers(client: Client) -> None:
    # No fixture of the database: pytest-django refuses every query of this test.
    response = client.get("/readyz")
    assert response.status_code == 503
    assert not parts(client)["database"]


@pytest.mark.django_db
def test_a_worker_counts_by_its_last_sign_of_life(client: Client) -> None:
    assert parts(client) == {"database": True, "migrations": True, "worker": False, "static": False}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        assert parts(client)["worker"]
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert not parts(client)["worker"]


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_is_seen(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_applied", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'bodies'")
    assert not parts(client)["migrations"]


@pytest.mark.django_db
def test_readiness_is_a_matter_of_milliseconds(client: Client) -> None:
    parts(client)
    found = json.loads(client.get("/readyz").content)["parts"]
    assert sum(part["ms"] for part in found.values()) < 50
