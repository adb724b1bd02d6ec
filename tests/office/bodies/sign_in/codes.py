"""A telephone that makes codes (RFC 6238), apart from the library's own arithmetic."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from django.test import Client


def code(secret: str, steps: int = 0) -> str:
    """What the telephone shows now; ``steps`` × 30 seconds later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def secret_on(page: str) -> str:
    """The secret written below the QR code."""
    found = re.search(r"<code>([A-Z2-7 ]{30,})</code>", page)
    assert found
    return found[1].replace(" ", "")


def enrol(client: Client) -> str:
    """Enrol a telephone in a signed-in browser; the secret."""
    secret = secret_on(client.get("/account/code/enrol/").content.decode())
    answer = client.post("/account/code/enrol/", {"code": code(secret, -1)})
    assert answer.url == "/account/recovery-codes/", answer.content.decode()
    return secret


def recovery_codes(client: Client) -> list[str]:
    """Those on the page."""
    return re.findall(r"<li><code>(\d{4} \d{4})</code></li>", client.get("/account/recovery-codes/").content.decode())
