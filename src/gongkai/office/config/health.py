"""Two addresses for whoever watches the machine: does the process live, and can the office do its work?"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.office.bodies.gate import open_to_all

WORKER_SILENCE = 60  # seconds without a sign of life, after which the worker counts as dead; it gives one every ten
_applied = False  # migrations once seen applied stay so while this process runs


@open_to_all
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; asks nothing of anybody else."""
    return JsonResponse({"alive": True})


@open_to_all
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when everything that the office needs is there, else 503; says what is lacking and how long each look took.

    Tells no names and no versions: it is open to everybody.
    """
    looks: dict[str, Callable[[], bool]] = {
        "database": _database,
        "migrations": _migrations,
        "worker": _worker,
        "static": _static,
    }
    found = {}
    for name, look in looks.items():
        begin = time.perf_counter()
        try:
            good = look()
        except Exception:  # whatever it is, the answer is "not ready", and the others are looked at all the same
            good = False
        found[name] = {"ready": good, "ms": round((time.perf_counter() - begin) * 1000, 1)}
    ready = all(one["ready"] for one in found.values())
    return JsonResponse({"ready": ready, "parts": found}, status=200 if ready else 503)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    global _applied  # noqa: PLW0603
    if not _applied:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            _applied = _wanted() <= set(cursor.fetchall())
    return _applied


@cache
def _wanted() -> set[tuple[str, str]]:
    """The last migrations of every app, from the files; reading them takes long enough to be done once."""
    return set(MigrationLoader(None).graph.leaf_nodes())


def _worker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [WORKER_SILENCE],
        )
        row = cursor.fetchone()
        return bool(row and row[0])


def _static() -> bool:
    return bool(settings.STATIC_COLLECTED)
