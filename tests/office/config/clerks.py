"""Clerks who work on whatever happens to the machine: they sign in, hand reports in, and remember what was promised."""

from __future__ import annotations

import http.client
import http.cookiejar
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from shared_files import ROOT

PASSWORD = "Qiulin7-meigui"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_BODY = re.compile(r'name="body"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="body"')
_REPORTS = sorted(path for path in (ROOT / "samples").glob("202?/*.txt"))
_LOST = (urllib.error.URLError, http.client.HTTPException, OSError)

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


class Clerk(threading.Thread):
    """``promised``: names of the files of uploads that the office said it had taken. ``sent``: of all uploads."""

    def __init__(self, number: int, address: str, uploads: int) -> None:
        super().__init__(daemon=True)
        self.promised: list[list[str]] = []
        self.sent: list[list[str]] = []
        self.lost = 0
        self.unexpected: list[str] = []
        self._account, self._address, self._uploads = f"clerk{number}", address, uploads
        self._chance = random.Random(number)
        self._browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), urllib.request.ProxyHandler({})
        )

    def run(self) -> None:
        while len(self.sent) < self._uploads:
            try:
                self._upload()
            except urllib.error.HTTPError as error:
                self.lost += 1
                if error.code != 500:  # the database was away
                    self.unexpected.append(f"{error.code} {error.url}: {error.read()[:2000].decode()}")
            except _LOST:
                self.lost += 1
            time.sleep(self._chance.uniform(0.1, 1.0))

    def _upload(self) -> None:
        page, at = self._get("/analysis/upload/")
        if "/account/login/" in at:
            self._post(at, {"login": self._account, "password": PASSWORD, "csrfmiddlewaretoken": _token(page)}, [])
            page, at = self._get("/analysis/upload/")
        body = _BODY.search(page)
        if "/analysis/upload/" not in at or body is None:
            return
        # Names of their own: whatever is done twice shows. One small file is read at once, two are read by jobs.
        reports = self._chance.sample(_REPORTS, self._chance.choice((1, 2, 2)))
        names = [f"{self._account}-{uuid.uuid4().hex}.txt" for _ in reports]
        self.sent.append(names)
        fields = {"csrfmiddlewaretoken": _token(page), "body": body[1] or body[2]}
        _, at = self._post("/analysis/upload/", fields, list(zip(names, reports, strict=True)))
        if re.search(r"/analysis/(batches|documents)/\d+/", at):
            self.promised.append(names)

    def _get(self, path: str) -> tuple[str, str]:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self._address, path)))

    def _post(self, path: str, fields: dict[str, str], files: list[tuple[str, Path]]) -> tuple[str, str]:
        line = uuid.uuid4().hex
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()
        ]
        parts += [
            f'Content-Disposition: form-data; name="files"; filename="{name}"\r\n'.encode()
            + b"Content-Type: text/plain\r\n\r\n"
            + file.read_bytes()
            for name, file in files
        ]
        body = b"".join(b"--" + line.encode() + b"\r\n" + part + b"\r\n" for part in parts)
        request = urllib.request.Request(urllib.parse.urljoin(self._address, path), body + f"--{line}--\r\n".encode())
        request.add_header("Content-Type", f"multipart/form-data; boundary={line}")
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        """The page and the address where it was found in the end."""
        with self._browser.open(request, timeout=30) as answer:
            return answer.read().decode(), answer.url


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, page[:500]
    return found[1]
