"""Somebody at a browser who works on whatever happens to the machine, and remembers what was promised."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LOST = (urllib.error.URLError, http.client.HTTPException, OSError)
_EXCUSED = (500, 429)  # the database was away; who had to sign in again and again is asked to wait a minute
PATIENCE = 30  # seconds for an answer


class Visitor(threading.Thread):
    """Takes turns until ``done``, the next one too when one was lost with the machine.

    ``lost``: what came in place of an answer, how often. ``unexpected``: answers that no kill explains. Requests say
    that they come from ``address`` through a proxy with HTTPS, which an office that stands behind none ignores.
    """

    def __init__(self, number: int, office: str, address: str = "10.0.0.1") -> None:
        super().__init__(daemon=True)
        self.lost = Counter[str]()
        self.unexpected: list[str] = []
        self.chance = random.Random(number)
        self._office = office
        cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self._browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(cookies), urllib.request.ProxyHandler({})
        )
        self._browser.addheaders = [
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-For", address),
            ("Referer", office.replace("http:", "https:")),
        ]

    def done(self) -> bool:
        raise NotImplementedError

    def turn(self) -> None:
        """Go on where the last turn ended, however it ended."""
        raise NotImplementedError

    def run(self) -> None:
        while not self.done():
            try:
                self.turn()
            except urllib.error.HTTPError as error:
                self.lost[f"{error.code} {error.url}"] += 1
                if error.code not in _EXCUSED:
                    self.unexpected.append(f"{error.code} {error.url}: {error.read()[:2000].decode()}")
            except _LOST as error:
                self.lost[f"{error!r}"] += 1
            except Exception as error:  # the test is told, instead of a thread that is silently no more
                self.unexpected.append(repr(error))
                return
            time.sleep(self.chance.uniform(0.1, 1.0))

    def get(self, path: str) -> tuple[str, str]:
        """The page and the address where it was found in the end."""
        return self._open(urllib.request.Request(urllib.parse.urljoin(self._office, path)))

    def post(self, path: str, fields: Mapping[str, str], files: Sequence[tuple[str, Path]] = ()) -> tuple[str, str]:
        """As ``get``; the files go as ``files``."""
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
        request = urllib.request.Request(urllib.parse.urljoin(self._office, path), body + f"--{line}--\r\n".encode())
        request.add_header("Content-Type", f"multipart/form-data; boundary={line}")
        return self._open(request)

    def signed_in(self, account: str, password: str, path: str) -> tuple[str, str]:
        """The page at ``path``, by way of the sign-in where it is asked for."""
        page, at = self.get(path)
        if "/account/login/" in at:
            self.post(at, {"login": account, "password": password, "csrfmiddlewaretoken": token(page)})
            page, at = self.get(path)
        return page, at

    def _open(self, request: urllib.request.Request) -> tuple[str, str]:
        with self._browser.open(request, timeout=PATIENCE) as answer:
            return answer.read().decode(), answer.url


def token(page: str) -> str:
    """That of the page's form."""
    found = _TOKEN.search(page)
    assert found, page[:500]
    return found[1]
