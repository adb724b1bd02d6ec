"""What is out of date goes, and nothing else."""

from __future__ import annotations

import datetime

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone
from office.bodies.sign_in.browsing import browser, is_in, sign_in

from gongkai.office.bodies.sign_in.models import OutsideRequest, UnknownAttempts
from gongkai.office.bodies.sign_in.services.tidying import tidy

pytestmark = pytest.mark.django_db
AGES = {1: True, 180: True, 200: False}  # days → kept (网络安全法 21: six months at least)


def test_sessions_that_are_over_go_and_the_others_stay(clerk):
    gone, here = browser("clerk"), browser("clerk")
    Session.objects.filter(session_key=gone.session.session_key).update(
        expire_date=timezone.now() - datetime.timedelta(seconds=1)
    )
    tidy()
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    assert is_in(here)


def test_failures_go_when_they_no_longer_count(clerk):
    sign_in("clerk", "Falsch-falsch-9")
    tidy()
    assert AccessAttempt.objects.count() == 1
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - datetime.timedelta(minutes=16))
    tidy()
    assert AccessAttempt.objects.count() == 0


@pytest.mark.parametrize(("days", "kept"), AGES.items())
def test_counts_and_requests_are_kept_for_six_months(days, kept):
    then = timezone.now() - datetime.timedelta(days=days)
    UnknownAttempts.objects.create(day=then.date(), network="203.0.113.9")
    OutsideRequest.objects.create(provider="county", subject="x", last_at=then)
    tidy()
    tidy()
    assert (UnknownAttempts.objects.exists(), OutsideRequest.objects.exists()) == (kept, kept)
