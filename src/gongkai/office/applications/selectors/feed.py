"""The deadlines of a person's open cases as a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse

from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.seeing import team_bodies
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.roles import Role

_LINE = 75  # octets, beyond which a line is folded (RFC 5545 3.1)


def calendar_of(person: Person, site: str) -> str:
    """``site``: the address of the office, with a slash at its end. Cases of others stand in it for those who answer
    for all of a body: reviewers and signatories."""
    mine = Q(handler=person) | Q(body_id__in=team_bodies(person, Role.REVIEWER, Role.SIGNATORY))
    cases = Application.objects.open().filter(mine, due__isnull=False, body_id__in=team_bodies(person))
    host = urlsplit(site).hostname or "localhost"
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongkai//applications//ZH",
        "X-WR-CALNAME:政府信息公开申请期限",
    ]
    for case in cases.order_by("due", "pk"):
        lines += _event(case, case.due, stamp, host, site)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(case: Application, due: date | None, stamp: str, host: str, site: str) -> list[str]:
    assert due is not None
    provisional = "（预估）" if case.provisional else ""
    return [
        "BEGIN:VEVENT",
        f"UID:application-{case.pk}@{host}",
        f"DTSTAMP:{stamp}",
        f"SEQUENCE:{case.version}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(f'{case}答复期限{provisional}')}",
        f"DESCRIPTION:{escaped(f'状态：{case.get_state_display()}')}",
        f"URL:{site.rstrip('/')}{reverse('applications:case', args=[case.pk])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """Text as a value (RFC 5545 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """No line longer than 75 octets, none cut within a character."""
    parts: list[str] = []
    part, size = "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > _LINE - (1 if parts else 0):
            parts.append(part)
            part, size = "", 0
        part, size = part + sign, size + length
    return "\r\n ".join([*parts, part])
