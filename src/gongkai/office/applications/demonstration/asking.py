"""Who applies and what they ask: invented people and organisations, requests from ``requests.toml``."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.office.acts.personal.identity import check_character
from gongkai.office.bodies.formats import uscc_check_character
from gongkai.office.bodies.invented_names import Namer

DIVISION = "990000"  # assigned to no place (GB/T 2260)
MOBILE = "154"  # a range that no carrier has
_ORGANISATIONS = {
    "business": ("91", "清源县{name}商贸有限公司"),
    "research": ("12", "清源县{name}农业技术研究所"),
    "public_welfare": ("51", "清源县{name}公益服务中心"),
    "legal_service": ("31", "清源县{name}律师事务所"),
    "other": ("54", "清源县{name}村经济合作社"),
}


@dataclass(frozen=True, slots=True)
class Applicant:
    """``fields``: those of a case that say who applies; the same in each of the applicant's cases."""

    fields: dict[str, str]


class Applicants:
    """Makes applicants, none twice; the same from the same ``seed``."""

    def __init__(self, seed: int) -> None:
        self._namer, self._draw, self._count = Namer(seed), random.Random(seed), 0

    def __call__(self, kind: str) -> Applicant:
        """One of a kind (``ApplicantKind``)."""
        self._count += 1
        number, name = self._count, self._namer()
        fields = {
            "applicant_kind": kind,
            "phone": f"{MOBILE}{number:08d}",
            "address": f"清源县{self._draw.choice(requests()['road'])}{number % 300 + 1}号",
        }
        if number % 3 == 0:
            fields["email"] = f"shenqing{number}@example.com"
        if kind == "natural_person":
            paper = self._identity(number)
            return Applicant({**fields, "applicant_name": name, **paper, **self._person(number)})
        prefix, pattern = _ORGANISATIONS[kind]
        code = f"{prefix}{DIVISION}{number:09d}"
        fields |= {"identity_kind": "uscc", "identity_number": code + uscc_check_character(code)}
        return Applicant({**fields, "applicant_name": pattern.format(name=name[1:]), "representative": name})

    def _identity(self, number: int) -> dict[str, str]:
        birthday = date(1950, 1, 1) + timedelta(days=self._draw.randrange(55 * 365))
        digits = f"{DIVISION}{birthday:%Y%m%d}{number % 1000:03d}"
        return {"identity_kind": "identity_card", "identity_number": digits + check_character(digits)}

    def _person(self, number: int) -> dict[str, str]:
        fields = {}
        if number % 29 == 0:
            fields["joint_applicants"] = f"{self._namer()}、{self._namer()}"
        if number % 31 == 0:
            fields["agent"] = self._namer()
        if number % 37 == 0:
            fields["needs_assistance"] = "视力不便，请用大字并口头告知"
        return fields


@cache
def requests() -> dict[str, Any]:
    """The file, read once."""
    found: dict[str, Any] = tomllib.loads((files(__package__) / "requests.toml").read_text("utf-8"))
    return found


def ask(draw: random.Random, body: str, kind: str, outcome: str, on: date) -> str:
    """What is asked of a body (its prefix and kind) on a day, fit for an outcome."""
    asks, told = requests()["asks"], requests()["outcome"].get(outcome, {})
    town = kind in ("township", "subdistrict")
    choices = told.get("ask") or asks.get(body) or asks["town" if town else "any"]
    drawn = {key: draw.choice(requests()[key]) for key in ("place", "road", "project", "firm")}
    return str(draw.choice(choices)).format(year=on.year - 1, month=draw.randint(1, 12), **drawn)


def answer(draw: random.Random, outcome: str) -> dict[str, str]:
    """``reason``, ``content`` and other words of the decision."""
    told = requests()["outcome"][outcome]
    return {key: str(text).format(pages=draw.randint(1, 24)) for key, text in told.items() if key != "ask"}
