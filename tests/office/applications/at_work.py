"""Citizens who apply on the portal and clerks who work on one register, whatever happens to the machine."""

from __future__ import annotations

import re
import threading
import urllib.error
import uuid
from collections import Counter
from random import Random

from office.config.visitors import Visitor, token

PASSWORD = "Qiulin7-meigui"
CLERKS = 20

# Two bodies and the clerks of the first, each with every role of a case.
MAKE = f"""
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.bodies.roles import Role
from gongkai.office.bodies.services.body_facts import create_body
from gongkai.office.bodies.services.people import create_person
from gongkai.office.bodies.services.rights import grant_role
from django.contrib.auth.hashers import make_password
import datetime
county = create_body(SYSTEM, None, kind="county_government", name="青禾县人民政府")
bodies = [create_body(SYSTEM, county, kind="department", name=name) for name in ("青禾县民政局", "青禾县教育局")]
hashed = make_password({PASSWORD!r})
for number in range({CLERKS}):
    person = create_person(SYSTEM, bodies[0], account=f"clerk{{number}}", name=f"职员{{number}}")
    for role in (Role.REGISTRAR, Role.HANDLER, Role.REVIEWER, Role.SIGNATORY):
        grant_role(SYSTEM, person, role, bodies[0], valid_from=datetime.date(2020, 1, 1))
    person.password, person.must_change_password = hashed, False
    person.save()
"""

_ANSWERS = (
    ("kind", {"applicant_kind": "natural_person"}),
    ("wanted", {"document_number": "", "purpose": ""}),
    ("provide", {"form": "electronic", "way": "online"}),
    ("name", {"applicant_name": "孙家", "joint_applicants": "", "agent": ""}),
    ("identity", {"identity_kind": "identity_card", "identity_number": "11010519491231002X"}),
    ("contact", {"phone": "13800138000", "address": "青禾县人民路19号", "postcode": ""}),
    ("help", {"help_words": ""}),
)
_CODE = re.compile(r">([2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4})<")
_NUMBER = re.compile(r"(\d+)年第(\d+)号申请")


class Citizen(Visitor):
    """``promised``: what was asked for → the code and the number on the receipt. ``asked``: with what mail address."""

    def __init__(self, number: int, office: str, body: int, applications: int) -> None:
        super().__init__(number, office, f"203.0.113.{number + 1}")
        self.promised: dict[str, tuple[str, int]] = {}
        self.asked: list[str] = []
        self._body, self._applications = body, applications
        self._answered, self._begun, self._token = 0, False, ""

    def done(self) -> bool:
        return len(self.promised) >= self._applications

    def turn(self) -> None:
        if len(self.asked) == len(self.promised):
            self.asked.append(uuid.uuid4().hex)
            self._begun = False
        if not self._begun:
            page, _ = self.get("/open/apply/")
            self._token = token(page)
            self.post("/open/apply/", {"csrfmiddlewaretoken": self._token, "body": str(self._body)})
            self._answered, self._begun = 0, True
        wanted = self.asked[-1]
        for slug, typed in _ANSWERS[self._answered :]:
            own = {"wanted": {"description": f"名单{wanted}"}, "contact": {"email": f"{wanted}@example.com"}}.get(
                slug, {}
            )
            self.post(f"/open/apply/step/{slug}/", {"csrfmiddlewaretoken": self._token, **typed, **own})
            self._answered += 1
        # Pressed again after no answer came, it leads to the receipt of the same case.
        page, at = self.post("/open/apply/check/", {"csrfmiddlewaretoken": self._token})
        code, number = _CODE.search(page), _NUMBER.search(page)
        assert at.endswith("/open/apply/receipt/"), page
        assert code, page
        assert number, page
        self.promised[wanted] = (code[1].replace(" ", ""), int(number[2]))


class Desk:
    """What waits, and for what: any clerk may do the next thing to any case, also two at once.

    ``online``: how many cases citizens bring. Every fourth case goes all the way to the signature.
    """

    _AT_ONE_CASE = 3  # clerks

    def __init__(self, online: int) -> None:
        self._next: dict[int, str] = {}
        self._in_hand = Counter[int]()
        self._lock = threading.Lock()
        self._awaited = CLERKS + online

    def done(self) -> bool:
        with self._lock:
            return len(self._next) >= self._awaited and not any(self._next.values())

    def put(self, pk: int, act: str) -> None:
        with self._lock:
            self._next.setdefault(pk, act)

    def take(self, chance: Random) -> tuple[int, str] | None:
        """A case and what to do to it."""
        with self._lock:
            free = [pk for pk, act in self._next.items() if act and self._in_hand[pk] < self._AT_ONE_CASE]
            if not free:
                return None
            pk = chance.choice(free)
            self._in_hand[pk] += 1
            return pk, self._next[pk]

    def give_back(self, pk: int) -> None:
        with self._lock:
            self._in_hand[pk] -= 1

    def knows_all(self) -> bool:
        with self._lock:
            return len(self._next) >= self._awaited

    def settle(self, pk: int, act: str, offered: set[str], told: str) -> None:
        """``act`` was tried; ``offered``: where the case's page now leads; ``told``: what was said against the act."""
        if "confirmed" in offered:
            after = "confirmed"
        elif "draft" in offered:
            after = "assign" if act == "confirmed" else "draft" if pk % 4 == 0 else ""
        elif "submit_review" in offered:
            after = "submit_review"
        elif "decide" in offered:
            after = "decide"
        elif "sign" in offered:
            after = "sign" if act in ("review", "sign") and _NOT_REVIEWED not in told else "review"
        else:
            after = ""
        with self._lock:
            if self._next[pk]:
                self._next[pk] = after


_EVENTS: dict[str, dict[str, str]] = {"confirmed": {"how": "电话"}, "draft": {}, "submit_review": {}}
_LINK = re.compile(r'href="/applications/(\d+)/"')
_VERSION = re.compile(r'name="version" value="(\d+)"')
_STEP = re.compile(r'name="step" value="(confirm-[^"]+)"')
_NOT_REVIEWED = "尚未经审核人审核通过"
_MYSELF = r'<option value="(\d+)"(?: selected)?>\s*职员{}\b'


class _ToldError(Exception):
    pass


class Clerk(Visitor):
    """``promised``: what the office said was done, (case, act); ``registered``: description → case.

    ``told``: how often it was said that a colleague had been faster, or that the law does not allow it (any more).
    """

    def __init__(self, number: int, office: str, body: int, desk: Desk) -> None:
        super().__init__(number, office, f"10.0.0.{number + 1}")
        self.promised: list[tuple[int, str]] = []
        self.registered: dict[str, int] = {}
        self.sent: list[str] = []
        self.told = 0
        self._number, self._account, self._body, self._desk = number, f"clerk{number}", body, desk
        self._inside = False

    def done(self) -> bool:
        return self._desk.done()

    def turn(self) -> None:
        if not self._inside:
            _, at = self.signed_in(self._account, PASSWORD, "/applications/")
            self._inside = at.endswith("/applications/")
            return
        if not self.registered:
            self._register()
        if not self._desk.knows_all() and self.chance.random() < 0.2:
            self._look_for_more()
        taken = self._desk.take(self.chance)
        if taken is None:
            return
        try:
            self._go_on(*taken)
        finally:
            self._desk.give_back(taken[0])

    def _register(self) -> None:
        page, _ = self.get("/applications/new/")
        self.sent.append(uuid.uuid4().hex)
        stated = {"applicant_kind": "natural_person", "applicant_name": "钱家", "identity_kind": "identity_card"}
        came = {"body": str(self._body), "channel": "counter", "arrived_on": _value(page, "arrived_on")}
        wanted = {"description": f"名单{self.sent[-1]}", "form": "paper", "way": "post", "phone": "13800138000"}
        page, at = self.post("/applications/new/", {"csrfmiddlewaretoken": token(page), **stated, **came, **wanted})
        found = re.search(r"/applications/(\d+)/$", at)
        assert found, page
        self.registered[self.sent[-1]] = int(found[1])
        self._desk.put(int(found[1]), "assign")

    def _look_for_more(self) -> None:
        page, _ = self.get("/applications/?state=AWAITING_CONFIRMATION")
        for pk in map(int, _LINK.findall(page)):
            self._desk.put(pk, "confirmed")

    def _go_on(self, pk: int, act: str) -> None:
        told = ""
        try:
            self._act(pk, act)
        except _ToldError as error:
            told = str(error)
        except urllib.error.HTTPError as error:
            if error.code not in (403, 404, 409, 422):
                raise
            told = error.read().decode()
        else:
            self.promised.append((pk, act))
        self.told += bool(told)
        page, _ = self.get(f"/applications/{pk}/")
        self._desk.settle(pk, act, set(re.findall(rf'href="/applications/{pk}/(?:do/)?(\w+)/"', page)), told)

    def _act(self, pk: int, act: str) -> None:
        address = f"/applications/{pk}/{'do/' if act in _EVENTS else ''}{act}/"
        page, _ = self.get(address)
        version = _VERSION.search(page)
        if version is None:  # in place of the form stands why there is none
            raise _ToldError(page)
        typed = {"csrfmiddlewaretoken": token(page), "version": version[1]}
        if act in _EVENTS:
            typed |= _EVENTS[act]
            page, _ = self.post(address, typed)
            seen = _STEP.search(page)
            if seen is None:
                raise _ToldError(page)
            typed["step"] = seen[1]
        elif act == "assign":
            myself = re.search(_MYSELF.format(self._number), page)
            assert myself, page
            typed["to"] = myself[1]
        elif act == "decide":
            typed |= {"outcome": "granted", "reason": "依据条例答复如下", "content": "见附件"}
        _, at = self.post(address, typed)
        assert at.endswith(f"/applications/{pk}/"), at


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found[1]
