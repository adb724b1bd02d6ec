"""Workers for the tests: one within the test's own process that does what is due, and the office's, as a program."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from shared_files import ROOT


def work() -> None:
    """One worker runs what is due, with its own connections, as the real one does."""
    connection.settings_dict["CONN_MAX_AGE"], kept = 0, connection.settings_dict["CONN_MAX_AGE"]
    try:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = kept


def worker(data: Path, *options: str) -> subprocess.Popen[bytes]:
    """The worker of ``gongkai serve``, on the database of this test.

    Without ``options`` it ends when there is nothing more to do.
    """
    at = connection.settings_dict
    url = f"postgresql://{at['USER']}:{at['PASSWORD'] or ''}@/{at['NAME']}?host={quote(str(at['HOST']), safe='')}"
    url += f"&port={at['PORT']}" if at["PORT"] else ""
    own = {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "gongkai.office.config.settings",
        "GONGKAI_DATA": str(data),
        "GONGKAI_DATA_KEYS": ",".join(base64.b64encode(key).decode() for key in settings.DATA_KEYS),
        "GONGKAI_PLAIN_HTTP": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "django", "procrastinate", "worker", *(options or ["--one-shot"])],
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def now_due() -> None:
    """The time of every next attempt has come."""
    ProcrastinateJob.objects.filter(status="todo").update(scheduled_at=None)


def until(condition: Callable[[], bool], seconds: float = 40.0) -> None:
    """Wait for it, and fail when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
