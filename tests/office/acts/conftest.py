"""The queue of jobs, whose tables Django does not know as its own and so does not empty between tests."""

from __future__ import annotations

import pytest


@pytest.fixture
def empty_queue(transactional_db: None) -> None:
    """No job is left from another test."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    ProcrastinateJob.objects.all().delete()
