"""What browsers are told, and the rules by which pages are sent: in production and on trial."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from office.config.serving import environment

from gongkai.office.config.headers import content_security_policy

PRODUCTION = {"GONGKAI_PLAIN_HTTP": "0", "GONGKAI_HOSTS": "xxgk.example.gov.cn", "GONGKAI_PROXY": "1"}
OIDC = {
    "GONGKAI_OIDC_SERVER": "https://sso.example.gov.cn/realms/county",
    "GONGKAI_OIDC_CLIENT": "c",
    "GONGKAI_OIDC_SECRET": "s",
}

# One request in a process of its own: settings are read once in a process. The address of the client comes back too.
ASK = """
import json, sys, django
from django.test import Client
from django.conf import settings
django.setup()
from django.core.signals import request_finished
seen = []
from gongkai.office.config import request_number
facts = request_number._facts
request_number._facts = lambda request, *rest: seen.append(request.META["REMOTE_ADDR"]) or facts(request, *rest)
answer = Client().get(**json.loads(sys.argv[1]))
names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
         "SESSION_COOKIE_AGE", "SESSION_EXPIRE_AT_BROWSER_CLOSE", "CSRF_COOKIE_SECURE", "DEBUG", "ALLOWED_HOSTS"]
print(json.dumps([answer.status_code, dict(answer.headers), seen, {name: getattr(settings, name) for name in names}]))
"""


def ask(data: Path, path: str, headers: dict[str, str], **settings: str) -> tuple[int, dict[str, str], list[str], Any]:
    given = environment(data, **settings) | {"DJANGO_SETTINGS_MODULE": "gongkai.office.config.settings"}
    call = json.dumps({"path": path, "headers": headers})
    done = subprocess.run([sys.executable, "-c", ASK, call], capture_output=True, text=True, check=False, env=given)
    assert done.returncode == 0, done.stderr
    answer: tuple[int, dict[str, str], list[str], Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, str], list[str], Any]:
    headers = {"host": "xxgk.example.gov.cn", "x-forwarded-proto": "https", "x-forwarded-for": "9.9.9.9, 203.0.113.7"}
    return ask(tmp_path_factory.mktemp("data"), "/healthz", headers, **PRODUCTION, **OIDC)


@cache
def directives(policy: str) -> dict[str, set[str]]:
    return {name: set(words) for name, *words in (part.split() for part in policy.split(";") if part.strip())}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_production_sends(header: str, value: str, production: tuple[int, dict[str, str], list[str], Any]) -> None:
    status, headers, _, _ = production
    assert status == 200
    assert headers[header] == value


def test_production_forbids_devices(production: tuple[int, dict[str, str], list[str], Any]) -> None:
    policy = production[1]["Permissions-Policy"]
    assert all(f"{ability}=()" in policy for ability in ("camera", "microphone", "geolocation"))


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(
    production: tuple[int, dict[str, str], list[str], Any],
) -> None:
    policy = directives(production[1]["Content-Security-Policy"])
    assert policy.pop("upgrade-insecure-requests") == set()
    assert policy.pop("img-src") == {"'self'", "data:"}
    assert policy.pop("form-action") == {"'self'", "https://sso.example.gov.cn"}
    for name in ("script-src", "style-src", "font-src", "connect-src"):
        assert policy.pop(name) == {"'self'"}, name
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy.pop(name) == {"'none'"}, name
    assert policy == {}


def test_without_a_sign_in_server_forms_go_nowhere_else() -> None:
    assert content_security_policy(sign_in_server="", https=False)["DIRECTIVES"]["form-action"] == ["'self'"]


def test_cookies_of_production(production: tuple[int, dict[str, str], list[str], Any]) -> None:
    settings = production[3]
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert all(settings[name] for name in ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE"))
    assert settings["SESSION_EXPIRE_AT_BROWSER_CLOSE"]
    assert settings["SESSION_COOKIE_AGE"] == 12 * 3600
    assert settings["DEBUG"] is False


def test_behind_a_proxy_the_persons_address_is_the_one_that_the_proxy_saw(
    production: tuple[int, dict[str, str], list[str], Any],
) -> None:
    assert production[2] == ["203.0.113.7"], "not the one that the person could invent"


def test_without_a_proxy_nobody_invents_an_address(tmp_path: Path) -> None:
    _, _, seen, _ = ask(tmp_path, "/healthz", {"x-forwarded-for": "9.9.9.9", "host": "localhost"})
    assert seen == ["127.0.0.1"]


def test_production_leads_from_http_to_https_except_for_health(tmp_path: Path) -> None:
    status, headers, _, _ = ask(tmp_path, "/x", {"host": "xxgk.example.gov.cn"}, **PRODUCTION)
    assert (status, headers["Location"]) == (301, "https://xxgk.example.gov.cn/x")
    status, _, _, _ = ask(tmp_path, "/healthz", {"host": "127.0.0.1"}, **PRODUCTION)
    assert status == 200


def test_on_trial_nothing_forces_https(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert "Strict-Transport-Security" not in response.headers
    assert "upgrade-insecure-requests" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("https", [True, False])
def test_no_policy_allows_inline_eval_or_everybody(https: bool) -> None:
    policy = str(content_security_policy(sign_in_server="https://a.example/b", https=https))
    assert "unsafe" not in policy
    assert "*" not in policy
