"""The plan carried out, many acts in one transaction, in the order of days, so that numbers rise with the days.

Each step is one act in the log with a ground of its own; a run that was cut off counts them and goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from gongkai.office.applications.demonstration.doing import Office, cases_before, done_before
from gongkai.office.applications.demonstration.plan import plan
from gongkai.office.bodies.models import Body

AT_ONCE = 200  # acts in a transaction: others who register wait no longer than these take

Progress = Callable[[int, int], None]


def fill(bodies: dict[str, Body], *, seed: int, scale: int, today: date, progress: Progress | None = None) -> int:
    """Carry out what is not done yet of the plan; how many cases were registered.

    ``bodies``: by the prefix of their sign-in names, with all four roles of the case team held in each. The same
    ``seed``, ``scale`` and ``today`` must be given again to go on after a cut. ``progress``: acts done, acts in all.
    Raises ``PlanChangedError`` where what is done is not the beginning of the plan.
    """
    steps, of_case = plan({prefix: body.kind for prefix, body in bodies.items()}, seed=seed, scale=scale, today=today)
    done = done_before()
    whose = {case: bodies[prefix] for case, prefix in of_case.items()}
    office = Office(whose, cases_before(steps[:done], whose))
    before = len(office.cases)
    for start in range(done, len(steps), AT_ONCE):
        batch = steps[start : start + AT_ONCE]
        with transaction.atomic():
            for step in batch:
                office.do(step)
        if progress:
            progress(start + len(batch), len(steps))
    return len(office.cases) - before
