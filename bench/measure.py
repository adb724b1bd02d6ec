"""Interleaved timing: every candidate in turn, round after round, so that a noisy machine is noisy for all.

The figure of a candidate is its best round (what the work costs when nothing else runs); ratios are taken between the
figures of one run. Nothing here asserts: the numbers are for people.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def rounds(
    candidates: Mapping[str, Callable[[Any], object]], documents: Sequence[Any], times: int = 7
) -> dict[str, float]:
    """Milliseconds of processor time a document, for each candidate over the same documents."""
    best = dict.fromkeys(candidates, float("inf"))
    for candidate in candidates.values():
        candidate(documents[0])  # imports and caches
    for _ in range(times):
        for name, candidate in candidates.items():
            gc.collect()
            start = time.process_time()
            for document in documents:
                candidate(document)
            best[name] = min(best[name], (time.process_time() - start) / len(documents) * 1000)
    return best


def show(title: str, figures: Mapping[str, float], ours: str, yardstick: str, most: float) -> None:
    """One block: each figure, and ours against the yardstick beside the ratio that is allowed."""
    print(f"\n{title}")
    for name, milliseconds in figures.items():
        print(f"  {name:<44}{milliseconds:9.2f} ms   {1000 / milliseconds:8.0f} documents/s")
    ratio = figures[ours] / figures[yardstick]
    print(f"  {ours} / {yardstick} = {ratio:.2f} (at most {most:.2f}){'' if ratio <= most else '   <-- over'}")
