"""Roll-up of thousands of reports: its time beside the time to load their JSON, and whether it grows in proportion.

Yardstick: ``json.loads`` and ``from_json`` of the same reports in the same run. Allowed: under 5 times that, and three
times the reports in about three times the time.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from time import process_time

from documents import site_page

import gongkai.reading
from gongkai.report import Report, from_json, to_json
from gongkai.rollup import explain, rollup

DISTINCT, FEW, MANY, ROUNDS = 40, 1_000, 3_000, 5
ALLOWED, LINEAR = 5.0, 1.3
CELL = "proactive.licensing.decisions"


def written(count: int) -> list[str]:
    """``count`` reports as JSON: invented pages read by our reader, each under a name of its own."""
    read = [gongkai.reading.open(site_page(seed)) for seed in range(DISTINCT)]
    named = (replace(read[n % DISTINCT], agency=f"清源县第{n}局") for n in range(count))
    return [json.dumps(to_json(report), ensure_ascii=False) for report in named]


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest round: what else the machine does is no matter."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times)


def main() -> int:
    texts = written(MANY)
    reports = [from_json(json.loads(text)) for text in texts]

    def sums(count: int) -> Report:
        return rollup(reports[:count], "清源县人民政府", 2022)

    whole = sums(MANY)
    assert whole.value(CELL) == sum(r.value(CELL) or 0 for r in reports)
    assert len(explain(whole, CELL)) == MANY
    load = best(lambda: [from_json(json.loads(text)) for text in texts])
    few, many = best(lambda: sums(FEW)), best(lambda: sums(MANY))
    ratio, growth = many / load, many / few / (MANY / FEW)
    print(f"{MANY} reports ({sum(map(len, texts)) // MANY // 1000}k characters of JSON each)")
    print(f"  load their JSON {load:6.2f} s   roll up {many:6.2f} s   ratio {ratio:.2f} (allowed {ALLOWED:g})")
    print(f"  {FEW} reports {few:6.2f} s   {MANY} reports {many:6.2f} s   each ×{growth:.2f} (allowed {LINEAR:g})")
    return 0 if ratio < ALLOWED and growth < LINEAR else 1


if __name__ == "__main__":
    sys.exit(main())
