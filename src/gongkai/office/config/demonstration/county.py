"""Bodies, people and roles of the demonstration county, and its sign-ins."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.applications.demonstration.filling import Progress
from gongkai.office.bodies.invented_names import Namer
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.body_facts import create_body
from gongkai.office.bodies.services.names import record_former_name
from gongkai.office.bodies.services.people import create_person
from gongkai.office.bodies.services.reorganisation import merge_body
from gongkai.office.bodies.services.rights import grant_role
from gongkai.office.bodies.services.stand_ins import set_stand_in
from gongkai.office.config.demonstration import cases

SEED = 20190515  # the day the regulation of 2019 came into force
SINCE = date(2020, 1, 1)
GROUND = "演示数据"

# Who does the disclosure work of a body: login name's end, position, roles.
STAFF = (
    ("djr", "办公室科员", (Role.REGISTRAR,)),
    ("cbr", "办公室副主任", (Role.HANDLER, Role.FIRST_DISCLOSURE_REVIEWER)),
    ("shr", "办公室主任", (Role.REVIEWER, Role.SECOND_DISCLOSURE_REVIEWER)),
    ("qfr", "副局长", (Role.SIGNATORY, Role.FINAL_DISCLOSURE_REVIEWER)),
)
# In the county's office: the department in charge of disclosure and the three administrators (三员分立).
OFFICE_STAFF = (
    ("zg1", "政务公开科科长", (Role.SUPERVISOR,)),
    ("zg2", "政务公开科科员", (Role.SUPERVISOR,)),
    ("xtgly", "信息中心工程师", (Role.SYSTEM_ADMINISTRATOR,)),
    ("aqgly", "保密办干部", (Role.SECURITY_ADMINISTRATOR,)),
    ("sjgly", "机关纪委干部", (Role.AUDITOR,)),
)


@dataclass(frozen=True)
class SignIn:
    """A sign-in that is printed: account and what one can do with it."""

    account: str
    words: str


SIGN_INS = (
    SignIn("mzj-djr", "县民政局 登记人"),
    SignIn("mzj-cbr", "县民政局 承办人、公开审查员（初审）"),
    SignIn("mzj-shr", "县民政局 审核人、公开审查员（复审）"),
    SignIn("mzj-qfr", "县民政局 签发人、公开审查员（终审）"),
    SignIn("cgz-djr", "城关镇 登记人"),
    SignIn("zfb-zg1", "县政府办 主管部门审查员"),
    SignIn("zfb-xtgly", "系统管理员"),
    SignIn("zfb-aqgly", "安全保密管理员"),
    SignIn("zfb-sjgly", "安全审计员"),
)


def ensure(scale: int = 1, progress: Progress | None = None) -> list[str]:
    """Make the county when the database holds no body yet; the lines for the terminal: who may sign in, and how.

    ``scale``: 300 cases for each; ``progress``: acts done, acts in all. What was cut off is gone on with, at the scale
    it was begun with. An installation that has bodies of its own is left alone, and nothing is said.
    """
    note = Path(settings.DATA) / "demonstration.txt"
    if not Body.objects.exists():
        cases.intend(scale)
        password = _password()
        with transaction.atomic():
            build()
            for sign_in in SIGN_INS:
                open_account(sign_in.account, password)
        # Only after the commit: a note without a county would promise sign-ins that do not exist.
        with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(password)
    if not note.exists():
        return []
    cases.carry_on(SEED, progress)
    password = note.read_text("utf-8")
    width = max(len(sign_in.account) for sign_in in SIGN_INS)
    lines = [f"  {sign_in.account:<{width}}  {sign_in.words}" for sign_in in SIGN_INS]
    return [f"演示县（虚构）的登录名，密码都是 {password}：", *lines]


def open_account(account: str, password: str) -> None:
    """Let a person of the demonstration sign in with ``password``."""
    from gongkai.office.bodies.sign_in.services.passwords import change_password

    change_password(SYSTEM, Person.objects.get(account=account), password, way="演示", ground=GROUND)


def build() -> dict[str, Body]:
    """The county: account prefix → body."""
    plan = tomllib.loads((files(__package__) / "county.toml").read_text("utf-8"))
    namer, order = Namer(SEED), iter(range(1, 1000))
    government = _body(None, "county_government", plan["government"]["name"], plan["government"]["short_name"], order)
    office = _body(government, "government_office", plan["office"]["name"], plan["office"]["short_name"], order)
    bodies = {"zfb": office}
    _staff(office, "zfb", (*STAFF, *OFFICE_STAFF), namer)
    for entry in plan["departments"]:
        name, kind = f"{plan['name']}{entry['name']}", entry.get("kind", "department")
        body = bodies[entry["prefix"]] = _body(government, kind, name, entry["short"], order)
        if "former" in entry:
            record_former_name(SYSTEM, body, f"{plan['name']}{entry['former']}", entry["until"], ground=GROUND)
    for entry in plan["townships"]:
        street = entry["name"].endswith("街道")
        name = f"{plan['name']}{entry['name']}{'办事处' if street else '人民政府'}"
        body = _body(government, "subdistrict" if street else "township", name, entry["name"], order)
        bodies[entry["prefix"]] = body
    for prefix, body in bodies.items():
        if body is not office:
            _staff(body, prefix, STAFF, namer)
    _merge(plan, government, bodies, order)
    _absence(bodies["mzj"])
    return bodies


def _body(parent: Body | None, kind: str, name: str, short_name: str, order: Iterator[int]) -> Body:
    number = next(order)
    body: Body = create_body(
        SYSTEM,
        parent,
        kind=kind,
        name=name,
        short_name=short_name,
        order=number,
        established_on=date(2001, 1, 1),
        contact_office="政务公开科" if kind == "government_office" else "办公室",
        contact_address=f"清源县人民路{number}号",
        contact_postcode="990001",
        contact_hours="工作日 8:30—12:00，14:00—17:30",
        contact_phone=f"0999-555{number:04d}",
        # Every seventh guide has gaps, for there to be something on the desk.
        contact_fax="" if number % 7 == 0 else f"0999-556{number:04d}",
        contact_internet="" if number % 7 == 0 else f"清源县人民政府网站“政府信息公开”专栏（{short_name}）",
        ground=GROUND,
    )
    return body


def _staff(body: Body, prefix: str, staff: Iterable[tuple[str, str, tuple[Role, ...]]], namer: Namer) -> None:
    township = body.kind in ("township", "subdistrict")
    for end, position, roles in staff:
        title = {"副局长": "副镇长" if body.kind == "township" else "副主任"}.get(position, position)
        person: Person = create_person(
            SYSTEM,
            body,
            account=f"{prefix}-{end}",
            name=namer(),
            position=title if township else position,
            ground=GROUND,
        )
        for role in roles:
            grant_role(SYSTEM, person, role, body, valid_from=SINCE, ground=GROUND)


def _merge(plan: dict[str, Any], government: Body, bodies: dict[str, Body], order: Iterator[int]) -> None:
    by_name = {body.name: body for body in bodies.values()}
    for entry in plan["merged"]:
        gone = _body(government, "department", f"{plan['name']}{entry['name']}", entry["short"], order)
        merge_body(SYSTEM, gone, by_name[f"{plan['name']}{entry['into']}"], entry["on"], ground=GROUND)


def _absence(body: Body) -> None:
    """One signatory is away for a fortnight, so that standing in can be seen."""
    away, deputy = (Person.objects.get(account=f"mzj-{end}") for end in ("qfr", "shr"))
    today = timezone.localdate()
    set_stand_in(
        SYSTEM, away, deputy, body, valid_from=today, valid_to=today + timedelta(days=14), ground="外出学习（演示数据）"
    )


def _password() -> str:
    """Drawn for this installation; without signs that are mistaken for one another."""
    signs = "23456789abcdefghjkmnpqrstuvwxyz"
    return "Qy-" + "".join(secrets.choice(signs) for _ in range(9))
