"""What tests of pages share: a signed-in browser without a browser, forms posted in two steps."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from office.world import World

from gongkai.office.applications.models import Application


def at(world: World, role: str) -> Client:
    """Somebody signed in."""
    client = Client()
    world.sign_in(client, role)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def page(name: str, *args: Any) -> str:
    return reverse(f"applications:{name}", args=args)


def step(response: Any) -> str:
    """What the page of an event would confirm."""
    return response.context["step"]  # type: ignore[no-any-return]


def happen(client: Client, case: Application, event: str, **typed: Any) -> Any:
    """Fill in an event's form, look at the preview, confirm it."""
    case.refresh_from_db()
    address = page("event", case.pk, event)
    typed = {"version": case.version, **typed}
    shown = client.post(address, typed)
    assert shown.status_code == 200, text(shown)
    return client.post(address, {**typed, "step": step(shown)})
