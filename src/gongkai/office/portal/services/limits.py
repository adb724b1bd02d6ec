"""How often is too often. A limit swallows nothing: the page says when to go on and what other ways there are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.office.portal.models import Tally

_HOUR = datetime.timedelta(hours=1)
# An hour's worth. Many people may share one address: a village's service hall, a company, a campus.
_USUAL = {"draft": 120, "file": 200, "address": 60, "body": 3000, "message": 30}
_FREE_GUESSES = 5
_LONGEST_WAIT = 900  # seconds

# Both rows in one statement, always in the same order, so that two who come at once never wait for each other.
_COUNT = """
    INSERT INTO portal_tally (what, who, since, count, last_at) VALUES {rows}
    ON CONFLICT (what, who, since) DO UPDATE SET count = portal_tally.count + 1, last_at = excluded.last_at
    RETURNING what, count
"""


@dataclass(frozen=True, slots=True)
class TooOften(Exception):  # noqa: N818 - it is no error of the program
    """``what``: which limit; ``again``: from when on."""

    what: str
    again: datetime.datetime


def limit(what: str) -> int:
    """``PORTAL_LIMITS`` in the settings may say another number."""
    return int(getattr(settings, "PORTAL_LIMITS", {}).get(what, _USUAL[what]))


def count(**who: str) -> None:
    """Count one for each keyword (name of the limit → address or body). Raises ``TooOften``.

    In a transaction of its own: what is refused afterwards was an attempt all the same.
    """
    now = timezone.now()
    since = _hour(now)
    counted = _counted(sorted((what, hashed(what, name)) for what, name in who.items()), since, now)
    for what, number in counted.items():
        if number > limit(what):
            raise TooOften(what, since + _HOUR)


def must_wait(*guessers: str) -> datetime.datetime | None:
    """Until when none of these (an address, a code) may guess again; ``None``: now."""
    now = timezone.now()
    who = [hashed("guess", name) for name in guessers]
    rows = Tally.objects.filter(what="guess", who__in=who, since=_hour(now))
    ends = [row.last_at + datetime.timedelta(seconds=_wait(row.count)) for row in rows]
    return max((end for end in ends if end > now), default=None)


def wrong_guess(*guessers: str) -> None:
    """One more."""
    now = timezone.now()
    _counted(sorted(("guess", hashed("guess", name)) for name in guessers), _hour(now), now)


def _wait(wrong: int) -> int:
    """Seconds: none for the first five, then 4, 8, 16 … up to a quarter of an hour."""
    return 0 if wrong < _FREE_GUESSES else min(_LONGEST_WAIT, 2 ** (wrong - _FREE_GUESSES + 2))


def _hour(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def hashed(what: str, name: str) -> str:
    """As it is kept: without the key of the office nobody finds the address behind it."""
    return salted_hmac(f"portal.limits.{what}", name, algorithm="sha256").hexdigest()


def _counted(pairs: list[tuple[str, str]], since: datetime.datetime, now: datetime.datetime) -> dict[str, int]:
    rows = ", ".join(["(%s, %s, %s, 1, %s)"] * len(pairs))
    values = [value for what, who in pairs for value in (what, who, since, now)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=rows), values)
        return dict(cursor.fetchall())
