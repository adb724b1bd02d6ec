"""Several at work at once, each in a thread with a connection of its own, which is closed at the end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[], Any]) -> list[Exception | None]:
    """What became of each: ``None``, or what it raised. They begin together."""
    found: list[Exception | None] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        ready.wait()
        try:
            act()
        except Exception as error:  # told to the test
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
