"""Clerks who hand reports in whatever happens to the machine."""

from __future__ import annotations

import re
import uuid

from office.config.visitors import Visitor, token
from shared_files import ROOT

PASSWORD = "Qiulin7-meigui"
_BODY = re.compile(r'name="body"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="body"')
_REPORTS = sorted(path for path in (ROOT / "samples").glob("202?/*.txt"))

# The county and its clerks, made by a command of the office before it opens.
MAKE = f"""
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.body_facts import create_body
from gongkai.office.bodies.services.people import create_person
from gongkai.office.bodies.services.rights import grant_role
from django.contrib.auth.hashers import make_password
import datetime
county = create_body(SYSTEM, None, kind="county_government", name="青禾县人民政府")
hashed = make_password({PASSWORD!r})
for number in range(20):
    body = create_body(SYSTEM, county, kind="department", name=f"青禾县第{{number}}局", order=number)
    person = create_person(SYSTEM, body, account=f"clerk{{number}}", name=f"职员{{number}}")
    grant_role(SYSTEM, person, Role.REGISTRAR, body, valid_from=datetime.date(2020, 1, 1))
    person.password, person.must_change_password = hashed, False
    person.save()
"""


class Clerk(Visitor):
    """``promised``: names of the files of uploads that the office said it had taken. ``sent``: of all uploads."""

    def __init__(self, number: int, office: str, uploads: int) -> None:
        super().__init__(number, office)
        self.promised: list[list[str]] = []
        self.sent: list[list[str]] = []
        self._account, self._uploads = f"clerk{number}", uploads

    def done(self) -> bool:
        return len(self.sent) >= self._uploads

    def turn(self) -> None:
        page, at = self.signed_in(self._account, PASSWORD, "/analysis/upload/")
        body = _BODY.search(page)
        if "/analysis/upload/" not in at or body is None:
            return
        # Names of their own: whatever is done twice shows. One small file is read at once, two are read by jobs.
        reports = self.chance.sample(_REPORTS, self.chance.choice((1, 2, 2)))
        names = [f"{self._account}-{uuid.uuid4().hex}.txt" for _ in reports]
        self.sent.append(names)
        fields = {"csrfmiddlewaretoken": token(page), "body": body[1] or body[2]}
        _, at = self.post("/analysis/upload/", fields, list(zip(names, reports, strict=True)))
        if re.search(r"/analysis/(batches|documents)/\d+/", at):
            self.promised.append(names)
