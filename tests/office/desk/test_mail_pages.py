"""Mails that did not get through: the system administrator sees them and sends them again, with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai.office.acts.models import Act, Mail

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def written(state: str, number: int = 1) -> Mail:
    return Mail.objects.create(
        to="clerk@county.example",
        subject=f"期限将至{number}",
        text="私密的正文",
        message_id=f"<{number}@x>",
        state=state,
    )


def test_the_list_shows_masked_addresses_and_troubles_and_never_the_text(as_role: As) -> None:
    written(Mail.State.UNCERTAIN)
    written(Mail.State.SENT, 2)
    page = as_role("system_administrator").get("/mail/").content.decode()
    assert "c****@county.example" in page
    assert "clerk@county.example" not in page
    assert "不能确定是否送达" in page
    assert "私密的正文" not in page
    found = as_role("system_administrator").get("/mail/", {"q": "clerk@county.example"}).content.decode()
    assert "期限将至1" in found, "a whole address is found by its hash"
    stuck = as_role("system_administrator").get("/mail/", {"open": "yes"}).content.decode()
    assert "期限将至1" in stuck
    assert "期限将至2" not in stuck


@pytest.mark.parametrize("role", ["auditor", "security_administrator", "supervisor", "handler"])
def test_nobody_else_sees_them(as_role: As, role: str) -> None:
    mail = written(Mail.State.FAILED)
    client = as_role(role)
    assert client.get("/mail/").status_code == 403
    assert client.post(f"/mail/{mail.pk}/again/", {"reason": "核实"}).status_code == 403
    assert Mail.objects.get().state == Mail.State.FAILED


@pytest.mark.parametrize("state", [Mail.State.UNCERTAIN, Mail.State.FAILED])
def test_one_is_sent_again_with_a_reason(as_role: As, state: str) -> None:
    mail = written(state)
    client = as_role("system_administrator")
    assert "要重发这封邮件吗" in client.get(f"/mail/{mail.pk}/again/").content.decode()
    assert "请写明理由" in client.post(f"/mail/{mail.pk}/again/", {"reason": " "}).content.decode()
    assert Mail.objects.get().state == state
    assert client.post(f"/mail/{mail.pk}/again/", {"reason": "已与收件人核实"}).status_code == 302
    assert Mail.objects.get().state == Mail.State.WAITING
    act = Act.objects.get(verb="desk.send_again")
    assert (act.ground, act.actor_name) == ("已与收件人核实", "系统管理员甲")


@pytest.mark.parametrize("state", [Mail.State.SENT, Mail.State.SENDING, Mail.State.WAITING])
def test_one_that_needs_no_help_cannot_be_sent_again(as_role: As, state: str) -> None:
    mail = written(state)
    assert as_role("system_administrator").post(f"/mail/{mail.pk}/again/", {"reason": "x"}).status_code == 404
    assert Mail.objects.get().state == state
