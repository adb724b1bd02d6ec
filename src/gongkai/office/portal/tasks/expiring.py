"""Nothing of a draft that was never submitted stays for long."""

from __future__ import annotations

from procrastinate.contrib.django import app

from gongkai.office.portal.services.expiring import expire


@app.periodic(cron="30 18 * * *")
@app.task(name="portal.expire", queueing_lock="portal.expire", retry=3)
def expire_drafts(timestamp: int) -> None:
    """At 2:30 in the night (the queue reckons in UTC)."""
    expire()
