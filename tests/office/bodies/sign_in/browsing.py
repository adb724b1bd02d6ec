"""Browsers without a screen, and what the log kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from gongkai.office.acts.models import Act

PASSWORD = "Qiulin7-meigui"
LOGIN = "/account/login/"


def sign_in(account: str, password: str = PASSWORD, client: Client | None = None, **typed: str) -> Any:
    """The answer to the sign-in form; ``answer.client`` is the browser."""
    client = client or Client()
    return client.post(LOGIN, {"login": account, "password": password, **typed})


def browser(account: str, password: str = PASSWORD, **of_client: Any) -> Client:
    """A browser in which ``account`` is signed in."""
    client = Client(**of_client)
    answer = sign_in(account, password, client)
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client) -> bool:
    """Whether a page for staff opens."""
    return bool(client.get("/account/sessions/").status_code == 200)


def text(answer: HttpResponse) -> str:
    """What the page says."""
    return answer.content.decode()


def acts(*verbs: str) -> list[Act]:
    """The acts of these verbs, the oldest first."""
    return list(Act.objects.filter(verb__in=[f"bodies.{verb}" for verb in verbs]).order_by("pk"))
