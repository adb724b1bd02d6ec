"""The county's applications: begun once, gone on with where the program was ended meanwhile.

A file in the data folder says what is intended, until it is done: another day or scale would be another plan.
"""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from gongkai.office.applications.demonstration import fill
from gongkai.office.applications.demonstration.doing import PlanChangedError
from gongkai.office.applications.demonstration.filling import Progress
from gongkai.office.bodies.models import Body, Person

_log = logging.getLogger("gongkai.demonstration")


def _note() -> Path:
    return Path(settings.DATA) / "demonstration-cases.json"


def unfinished() -> bool:
    """Whether cases are still to be made."""
    return _note().exists()


def intend(scale: int) -> None:
    """Before the county is committed, so that a county without its cases is always known as one."""
    _note().write_text(json.dumps({"scale": scale, "today": timezone.localdate().isoformat()}), "utf-8")


def carry_on(seed: int, progress: Progress | None = None) -> int:
    """How many cases were made; none where nothing is intended, or everything done."""
    if not unfinished():
        return 0
    intended = json.loads(_note().read_text("utf-8"))
    today = date.fromisoformat(intended["today"])
    made = 0
    try:
        made = fill(bodies(), seed=seed, scale=intended["scale"], today=today, progress=progress)
    except PlanChangedError:
        # What there is is lawful as it stands; a demonstration must not keep the office from starting.
        _log.warning("演示县的申请是由另一版本的程序开始建立的，不再接着建")
    _note().unlink()
    return made


def bodies() -> dict[str, Body]:
    """The county's bodies that have staff, by the prefix of their sign-in names."""
    registrars = Person.objects.filter(account__endswith="-djr").select_related("body").order_by("pk")
    return {person.account.rpartition("-")[0]: person.body for person in registrars}
