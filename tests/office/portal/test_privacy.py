"""No personal data in logs, addresses or error pages; pages are not kept by caches."""

from __future__ import annotations

import json
import logging

from office.portal.citizen import EMAIL, NUMBER, PHONE, STREET, Citizen, text
from office.world import World

from gongkai.office.acts.models import Act
from gongkai.office.config.logs import JsonLine

SECRETS = ("孙家", NUMBER, PHONE, EMAIL, STREET)


def test_the_whole_way_leaves_nothing_personal_in_log_act_log_or_address(citizen: Citizen, caplog) -> None:
    caplog.set_level(logging.DEBUG, logger="gongkai")
    case = citizen.fill().submit()
    citizen.open(case)
    citizen.get("case")
    citizen.post("write", words=f"我的号码是{PHONE}")
    lines = "\n".join(JsonLine().format(record) for record in caplog.records)
    acts = json.dumps(list(Act.objects.values("detail", "thing_name", "ground")), default=str, ensure_ascii=False)
    for secret in (*SECRETS, case.code):
        assert secret not in lines
        assert secret not in acts
    assert '"path": "/open/follow/case/"' in lines


def test_a_page_that_fails_gives_nothing_identifying_back(world: World) -> None:
    """A form whose token is missing meets the office's error page, which gives back what was typed."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    contact = client.post("/open/apply/step/contact/", {"phone": PHONE, "address": STREET, "postcode": "224000"})
    identity = client.post("/open/apply/step/identity/", {"identity_number": NUMBER})
    named = client.post("/open/apply/step/name/", {"applicant_name": "孙家", "joint_applicants": "", "agent": "孙家"})
    mailed = client.post("/open/apply/step/contact/", {"email": EMAIL, "fax": "0515-88886666"})
    followed = client.post("/open/follow/", {"code": "ABCDEFGH2345", "phone_tail": "8000"})
    assert contact.status_code == 403
    for page in (text(contact), text(identity), text(named), text(mailed), text(followed)):
        assert not any(secret in page for secret in (*SECRETS, "ABCDEFGH2345", "8000", "88886666"))


def test_no_page_of_the_way_is_kept_by_a_cache(citizen: Citizen) -> None:
    citizen.fill()
    pages = [citizen.get(name) for name in ("check", "keep", "papers")] + [citizen.get("step", "contact")]
    citizen.submit()
    pages.append(citizen.get("receipt"))
    assert all("no-store" in page["Cache-Control"] for page in pages)


def test_cookies_hold_no_more_than_a_key(citizen: Citizen) -> None:
    case = citizen.fill().submit()
    citizen.open(case)
    for name, cookie in citizen.client.cookies.items():
        assert not any(secret in cookie.value for secret in (*SECRETS, case.code))
        if name.startswith("gongkai_"):
            assert cookie["httponly"], name


def test_the_large_print_stays_on_this_device_and_leads_back_within_the_house(citizen: Citizen) -> None:
    chosen = citizen.get("print_size", "large", back="/open/how/")
    assert chosen.url == "/open/how/"
    assert "large.css" in text(citizen.get("how"))
    assert citizen.get("print_size", "usual", back="https://elsewhere.example/open/").url == "/open/"
    assert "large.css" not in text(citizen.get("how"))
