"""A real browser (Debian's chromium, driven by playwright) against a real server with a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office.browser.pages import Visitor
from office.world import World, build_world
from playwright.sync_api import Browser, sync_playwright
from shared_files import IN_CI

CHROMIUM = os.environ.get("GONGKAI_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module. Absent: skipped with a clear line, but a failure in CI.

    Not for the whole run: the library keeps an event loop in this thread, and jobs want to start one of their own.
    """
    if CHROMIUM is None:
        (pytest.fail if IN_CI else pytest.skip)("没有 chromium，浏览器测试未运行：apt-get install chromium")
    # The playwright library keeps an event loop in this thread, for which Django would refuse every query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=QUIET,
            env={**os.environ, "LANGUAGE": "zh_CN"},  # its own words, as in date fields, are those of the offices
        )
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None) -> World:
    """The small world of the tests, committed."""
    return build_world()


@pytest.fixture
def visitor(chromium: Browser, live_server: object, world: World, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody before a screen of 1280 × 800, not signed in."""
    person = Visitor(chromium, str(live_server), world)
    yield person
    person.leave()


@pytest.fixture
def background(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The office's worker, as a program of its own; it and the pages keep the files of this test."""
    from office.workers import until, worker
    from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

    settings.DATA = tmp_path
    ProcrastinateJob.objects.all().delete()
    running = worker(tmp_path, "--wait")
    until(ProcrastinateWorker.objects.exists)
    yield
    running.terminate()
    running.wait()
