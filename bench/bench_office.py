"""Pages of the office with 1, 10 and 100 times the records: the milliseconds and the queries of each.

Yardstick: the same page at 1×, in the same run, on the same server. Allowed: 1.5 times it at 100×. The records are
those of the demonstration county and copies of them, so many at 1× already that every list fills its first page; the
database is the real one, embedded, in a folder of its own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

SCALES = (1, 10, 100)
PEOPLE, ACTS, DOCUMENTS, CASES = 300, 2_000, 60, 200  # at 1×
ROUNDS, ALLOWED = 15, 1.5
SAMPLE = Path(__file__).parents[1] / "samples" / "2024" / "water-bureau-word-gbk.html"


@dataclass(frozen=True)
class Page:
    """``account`` opens ``path``; what each thing's page shows is put into it.

    ``more``: what the page honestly shows more of at 10× and 100× than at 1×.
    """

    words: str
    account: str
    path: str
    more: str = ""


PAGES = (
    Page("待办", "mzj-cbr", "/"),
    Page("机关列表", "mzj-cbr", "/bodies/"),
    Page("机关", "mzj-cbr", "/bodies/{body}/", "1×时只有6人可列，此后列满50人"),
    Page("人员列表", "zfb-xtgly", "/people/"),
    Page("人员列表，按姓名搜索", "zfb-xtgly", "/people/?q=王"),
    Page("角色一览", "zfb-aqgly", "/rights/"),
    Page("操作日志", "zfb-sjgly", "/audit/"),
    Page("操作日志，按字词搜索", "zfb-sjgly", "/audit/?q=滨河街道"),
    Page("分析文件列表", "mzj-cbr", "/analysis/documents/"),
    Page("分析文件", "mzj-cbr", "/analysis/documents/{document}/"),
    Page("申请列表", "mzj-cbr", "/applications/"),
    Page("申请列表，已逾期", "mzj-cbr", "/applications/?urgency=red"),
    Page("申请", "mzj-cbr", "/applications/{case}/"),
)


@contextmanager
def office() -> Iterator[None]:
    """The office with an empty database, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", ignore_cleanup_errors=True) as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PLAIN_HTTP": "1",
            "GONGKAI_MFA_ROLES": "",
            "GONGKAI_LOG_LEVEL": "WARNING",  # a line for each request would bury the table
            "DJANGO_SETTINGS_MODULE": "gongkai.office.config.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        from gongkai.office.config.database import ensure_running, stop

        ensure_running(Path(folder) / "postgres", durable=False)
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            stop(Path(folder) / "postgres")


def main() -> int:
    """Print the table; 0."""
    with office():
        from office_records import first, grow

        keys, figures = first(SAMPLE, {page.account for page in PAGES}), {}
        for scale in SCALES:
            grow(scale, people=PEOPLE, acts=ACTS, documents=DOCUMENTS, cases=CASES)
            for page in PAGES:
                figures[page, scale] = measure(page, keys)
    print(f"\n页面（毫秒，{ROUNDS}次中最快；括号内是查询次数）")
    print(f"  {'':<30}" + "".join(f"{f'{scale}×':>16}" for scale in SCALES) + f"{'100×/1×':>12}")
    for page in PAGES:
        shown = "".join(f"{figures[page, s][0]:>10.1f} ({figures[page, s][1]:>2})" for s in SCALES)
        ratio = figures[page, SCALES[-1]][0] / figures[page, 1][0]
        over = "" if ratio <= ALLOWED else f"   <-- over {ALLOWED}"
        more = f"   （{page.more}）" if page.more else ""
        print(f"  {page.words}{' ' * (30 - 2 * len(page.words))}{shown}{ratio:>12.2f}{over}{more}")
    return 0


def measure(page: Page, keys: dict[str, int]) -> tuple[float, int]:
    """Milliseconds of the fastest round, and how many queries it took."""
    from django.db import connection
    from django.test import Client

    from gongkai.office.bodies.models import Person

    client = Client(headers={"host": "localhost"})
    person = Person.objects.get(account=page.account)
    client.force_login(person)
    path = page.path.format(**keys)
    queries: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers)
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        b"".join(client.get(path))
        best = min(best, perf_counter() - start)
    return best * 1000, len(queries)


if __name__ == "__main__":
    sys.exit(main())
