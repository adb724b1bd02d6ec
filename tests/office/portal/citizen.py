"""Somebody before the public's pages, and what they answer."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from office.world import World

from gongkai.office.applications.models import Application

NUMBER = "11010519491231002X"
PHONE = "13800138000"
EMAIL = "sunjia@example.com"
STREET = "清源县人民路19号"
WANTED = "2023年柳河村农村低保发放名单"


def answers(world: World, **other: Any) -> dict[str, dict[str, Any]]:
    """By page; ``other`` replaces whole pages."""
    found: dict[str, dict[str, Any]] = {
        "body": {"body": world.own.pk},
        "kind": {"applicant_kind": "natural_person"},
        "wanted": {"description": WANTED, "document_number": "", "purpose": ""},
        "provide": {"form": "electronic", "way": "online"},
        "name": {"applicant_name": "孙家", "joint_applicants": "", "agent": ""},
        "identity": {"identity_kind": "identity_card", "identity_number": NUMBER},
        "contact": {"phone": PHONE, "address": STREET, "postcode": "224000", "email": EMAIL},
        "help": {"help": [], "help_words": ""},
    }
    return {**found, **other}


class Citizen:
    """A browser without JavaScript: ``client`` keeps the cookies."""

    def __init__(self, world: World, address: str = "203.0.113.7") -> None:
        self.world = world
        self.client = Client(REMOTE_ADDR=address)

    def get(self, name: str, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(f"portal:{name}", args=args), query)

    def post(self, name: str, *args: Any, **typed: Any) -> Any:
        return self.client.post(reverse(f"portal:{name}", args=args), typed)

    def begin(self) -> Any:
        return self.post("begin")

    def fill(self, **other: Any) -> Citizen:
        """Every page, each accepted."""
        self.begin()
        for slug, typed in answers(self.world, **other).items():
            response = self.post("step", slug, **typed)
            assert response.status_code == 302, f"{slug}: {response.content.decode()}"
        return self

    def submit(self) -> Application:
        """The case that came of it."""
        response = self.post("check")
        assert response.status_code == 302, response.content.decode()
        return Application.objects.latest("pk")

    def open(self, case: Application, tail: str = PHONE[-4:]) -> Any:
        return self.post("follow", code=case.code, phone_tail=tail)


def text(response: Any) -> str:
    return str(response.content.decode())


def paper(name: str = "证明.txt", content: bytes = "身份证明".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
