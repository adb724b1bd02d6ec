"""Coming in and going out, and not coming in: kept as acts, never with what was typed."""

from __future__ import annotations

import datetime
import ipaddress

from django.db import connection
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import UnknownAttempts
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.services.ending import end_oldest

_NETWORKS_A_DAY = 1000  # more than that from one network each is one attack, counted together
_COUNT = """
    INSERT INTO sign_in_unknownattempts (day, network, times) VALUES (%s, %s, 1)
    ON CONFLICT (day, network) DO UPDATE SET times = sign_in_unknownattempts.times + 1
    RETURNING id, times
"""


@verb("bodies.sign_in", "登录", policy=policy)
def sign_in(actor: Actor, person: Person, *, session_key: str, method: str, factor: str = "") -> Done:
    """The person is in, with the session ``session_key``; beyond the number allowed, the oldest others end."""
    ended = end_oldest(person, keep=session_key)
    detail = {"方式": method, "第二因素": factor or "无", "结束的较早登录": ended}
    return Done(person, {key: value for key, value in detail.items() if value})


@verb("bodies.fail_sign_in", "登录失败", policy=policy)
def fail_sign_in(actor: Actor, person: Person, *, why: str) -> Done:
    """Somebody who said that they are ``person`` could not show it. Bounded by the lock that follows."""
    return Done(person, {"原因": why})


@verb("bodies.lock_sign_in", "锁定登录", policy=policy)
def lock_sign_in(actor: Actor, person: Person, *, until: datetime.datetime) -> Done:
    """Failures from the actor's address have reached the limit."""
    return Done(person, {"至": until.isoformat(timespec="seconds")})


@verb("bodies.sign_out", "退出登录", policy=policy)
def sign_out(actor: Actor, person: Person) -> Done:
    """The person leaves."""
    return Done(person)


@verb("bodies.time_out", "登录超时", policy=policy)
def time_out(actor: Actor, person: Person, *, why: str) -> Done:
    """The session was too old, or unused for too long; noticed when it knocks again."""
    return Done(person, {"原因": why})


def fail_unknown(actor: Actor) -> None:
    """Somebody gave a name that nobody has. Counted by day and network; the 1st, 10th, 100th … is an act.

    The log cannot be emptied, so it must not be in a stranger's power to fill it.
    """
    day, network = timezone.localdate(), _network(actor.address)
    if UnknownAttempts.objects.filter(day=day).count() >= _NETWORKS_A_DAY:
        network = "其他"
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [day, network])
        row, times = cursor.fetchone()
    if times in (10**power for power in range(10)):
        fail_unknown_sign_in(actor, UnknownAttempts(pk=row, day=day, network=network, times=times))


@verb("bodies.fail_unknown_sign_in", "以未知登录名登录失败", policy=policy)
def fail_unknown_sign_in(actor: Actor, attempts: UnknownAttempts) -> Done:
    """``attempts`` have come to a number worth an act."""
    return Done(attempts, {"当日次数": attempts.times})


def _network(address: str) -> str:
    """An IPv4 address; of an IPv6 address the /64, of which one household has all."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "未知"
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))
