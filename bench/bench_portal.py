"""Online applications accepted a second: drafts, filled in beforehand, submitted by two processes of a few threads.

Yardstick, in the same run: what the database allows at all, bare commits of one row of the act log (with its chain) by
as many writers. Expected: 100 applications a second on two cores. Every tenth draft is submitted by both processes, as
from two windows; afterwards all is counted: none lost, none doubled.
"""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

from bench_office import office

PROCESSES, THREADS = 2, 4
DRAFTS, COMMITS, BODIES = 400, 2_000, 8
EXPECTED = 100
WAYS = (("服务，同一机关", "service", 1), (f"服务，{BODIES}个机关", "service", BODIES), ("网页", "page", BODIES))
ANSWERS: dict[str, dict[str, Any]] = {
    "kind": {"applicant_kind": "natural_person"},
    "provide": {"form": "electronic", "way": "online"},
    "name": {"applicant_name": "孙家", "joint_applicants": "", "agent": ""},
    "identity": {"identity_kind": "identity_card", "identity_number": "11010519491231002X"},
    "contact": {"phone": "13800138000", "address": "清源县人民路19号", "postcode": "", "email": "sunjia@example.com"},
    "help": {"help": [], "help_words": ""},
}


def main() -> int:
    """Print the tables; 1 when an application was lost or doubled."""
    lost = 0
    with office():
        from django.conf import settings
        from django.db import connections

        from gongkai.office.config.database import ensure_running, stop

        folder = Path(settings.DATA) / "postgres"
        for durable in (True, False):
            connections.close_all()
            stop(folder)
            ensure_running(folder, durable=durable)
            lost += _measured(durable)
            connections.close_all()
    return 1 if lost else 0


def _measured(durable: bool) -> int:
    commits = COMMITS / _timed("commit", [COMMITS // (PROCESSES * THREADS)] * PROCESSES)
    print(f"\n网上申请（{PROCESSES}个进程各{THREADS}个线程；数据库{'' if durable else '不'}等待写入磁盘）")
    print(f"  {'只写一行日志并提交':<20}{commits:>8.0f} /s")
    wrong = 0
    for words, way, bodies in WAYS:
        keys = prepare(DRAFTS, bodies)
        twice, once = keys[::10], [key for place, key in enumerate(keys) if place % 10]
        # Those of two windows last: there both processes come at about the same time.
        seconds = _timed(way, [once[0::2] + twice, once[1::2] + twice])
        faults = faults_of(keys)
        wrong += len(faults)
        rate = DRAFTS / seconds
        print(
            f"  {words}{' ' * (38 - 2 * len(words))}{rate:>8.0f} /s   为只提交的 {rate / commits:4.0%}"
            f"   （应达到 {EXPECTED} /s：{rate / EXPECTED:.1f} 倍{'' if rate >= EXPECTED else '   <-- under'}）"
            f"   {'；'.join(faults) or '无丢失，无重复'}"
        )
    return wrong


def prepare(count: int, bodies: int) -> list[str]:
    """So many drafts, filled in by the portal's own pages; their keys."""
    from gongkai.office.bodies.models import Body
    from gongkai.office.portal import keys, steps
    from gongkai.office.portal.models import Draft
    from gongkai.office.portal.services.drafting import begin, keep

    names = [f"清源县第{number}局" for number in range(bodies)]
    asked = [Body.objects.get_or_create(name=name, defaults={"kind": "department"})[0] for name in names]
    first, _ = begin(asked[0])
    for slug, typed in {**ANSWERS, "wanted": {"description": "2023年农村低保发放名单"}}.items():
        form = steps.BY_SLUG[slug].form(typed, draft=first)
        assert form.is_valid(), (slug, form.errors)
        keep(first, form)
        first.refresh_from_db()
    copied = [f.attname for f in Draft._meta.concrete_fields if f.attname not in ("id", "key_hash", "body_id")]
    values = {name: getattr(first, name) for name in copied}
    first.delete()
    made = [keys.new_key() for _ in range(count)]
    Draft.objects.bulk_create(
        Draft(**values, key_hash=keys.hash_of(key), body=asked[number % bodies]) for number, key in enumerate(made)
    )
    return made


def faults_of(keys: list[str]) -> list[str]:
    """In words; none when each draft is one case, one act, one mail, and the numbers have no gap."""
    from django.db.models import Count, F, Max, Min

    from gongkai.office.acts.models import Act, Link, Mail
    from gongkai.office.acts.selectors.chain import verify
    from gongkai.office.applications.models import Application, CaseEvent
    from gongkai.office.portal.keys import hash_of
    from gongkai.office.portal.models import Draft

    mine = Draft.objects.filter(key_hash__in=[hash_of(key) for key in keys])
    accepted = set(mine.exclude(application=None).values_list("application_id", flat=True))
    cases = Application.objects.count()
    gaps = (
        Application.objects.values("body")
        .annotate(least=Min("number"), most=Max("number"), count=Count("pk"))
        .exclude(least=1, most=F("count"))
    )
    found = {
        f"丢失{len(keys) - len(accepted)}件": len(accepted) != len(keys),
        "有的申请不属于任何草稿": cases != Draft.objects.exclude(application=None).count(),
        "登记记录不等于申请": CaseEvent.objects.count() != cases,
        "日志不等于申请": Act.objects.filter(verb="applications.submitted").count() != cases,
        "回执不等于申请": Mail.objects.count() != cases,
        "登记号不连续": gaps.exists(),
        "校验链不完整": not verify().intact or Link.objects.count() != Act.objects.count(),
    }
    return [words for words, wrong in found.items() if wrong]


def _timed(way: str, shares: list[Any]) -> float:
    """Seconds from the moment when all writers are ready until the last is done."""
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(len(shares) + 1)
    processes = [spawn.Process(target=work, args=(way, share, ready)) for share in shares]
    for process in processes:
        process.start()
    ready.wait(60)
    start = perf_counter()
    ready.wait(600)
    seconds = perf_counter() - start
    for process in processes:
        process.join()
        assert process.exitcode == 0
    return seconds


def work(way: str, share: Any, ready: Any) -> None:
    """One process: its threads connect, wait for the others, and do ``share`` (a number of commits, or keys)."""
    import threading
    from concurrent.futures import ThreadPoolExecutor

    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.PORTAL_LIMITS = dict.fromkeys(("address", "body"), 10**9)  # all come from one address
    connected, begin = threading.Barrier(THREADS + 1), threading.Barrier(THREADS + 1)

    def one(number: int) -> None:
        connection.ensure_connection()
        act = _WAYS[way]()
        connected.wait()
        begin.wait()
        try:
            for thing in range(share) if isinstance(share, int) else share[number::THREADS]:
                act(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        writers = [pool.submit(one, number) for number in range(THREADS)]
        connected.wait()
        ready.wait()
        begin.wait()
        for writer in writers:
            writer.result()
    ready.wait()


def _committing() -> Any:
    from django.db import connection

    insert = (
        "INSERT INTO acts_act (verb, label, actor_name, role, standing_in_for, body_name, thing_type, thing_id,"
        " thing_name, detail, ground, request_number, address)"
        " VALUES ('bench.write', '写入', '系统', '', '', '', 'x', %s, '一项', '{}', '', '', '')"
    )

    def act(thing: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(insert, [str(thing)])

    return act


def _serving() -> Any:
    from gongkai.office.acts.policy import SYSTEM
    from gongkai.office.portal.selectors.drafts import draft_of
    from gongkai.office.portal.services.submitting import submit

    def act(key: str) -> None:
        draft = draft_of(key)
        assert draft is not None
        submit(SYSTEM, draft)

    return act


def _visiting() -> Any:
    """The whole way of a request but the wire: middleware, limits, the page, the answer."""
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import reverse

    from gongkai.office.portal.views.page import remember_draft

    path = reverse("portal:check")
    client = Client(headers={"host": "localhost"})  # its first request sets up what a server sets up once
    assert client.get(path).status_code == 404

    def act(key: str) -> None:
        client.cookies = remember_draft(HttpResponse(), key).cookies
        answer = client.post(path)
        assert answer.status_code == 302, answer.content.decode()

    return act


_WAYS = {"commit": _committing, "service": _serving, "page": _visiting}

if __name__ == "__main__":
    sys.exit(main())
