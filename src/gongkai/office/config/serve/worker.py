"""The worker: jobs from the queue, by the clock and on demand. A program of its own, started by the supervisor."""

from __future__ import annotations

import asyncio
import os
import sys

from gongkai.office.config.database import ensure_running
from gongkai.office.config.database.address import embedded_folder
from gongkai.office.config.environment import catalogue as env
from gongkai.office.config.serve.parent import end_with_parent


def main() -> None:
    """Work until SIGTERM or SIGINT; jobs in hand are finished within the bound of the settings."""
    end_with_parent()
    alone = not env.DATABASE_URL.value()
    if alone:
        ensure_running(embedded_folder(env.DATA.value()), durable=env.DATABASE_DURABLE.value())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
    import django

    django.setup()
    asyncio.run(_work(alone=alone))


async def _work(*, alone: bool) -> None:
    from procrastinate.contrib.django import app

    from gongkai.office.config.interrupted import run_again

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:  # type: ignore[attr-defined]
        async with worker_app.open_async():
            if alone:
                # The supervisor runs one worker, and the embedded database has no others: whatever worker is still
                # written down there is dead, and what it had in hand need not wait until its silence is noticed.
                await worker_app.job_manager.prune_stalled_workers(0)
                await run_again(worker_app.job_manager, silent_for=0)
            await worker_app.run_worker_async(name="gongkai")


if __name__ == "__main__":
    main()
    sys.exit(0)
