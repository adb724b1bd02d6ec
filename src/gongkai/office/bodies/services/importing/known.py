"""What the rows refer to, asked for once: bodies by name and code, people by account, roles held."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict

from gongkai.office.bodies.models import Alias, Body, Person, RoleHolding


class RowError(Exception):
    """A cell is wrong; ``key`` of its column, and what to do."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key
        self.sentence = sentence


class Known:
    """Kept up to date by the rows themselves, so that a later row finds what an earlier one has made."""

    def __init__(self) -> None:
        self.by_name: dict[str, Body] = {}
        self.by_uscc: dict[str, Body] = {}
        self.by_short_name: dict[str, list[Body]] = defaultdict(list)
        for body in Body.objects.select_related("parent"):
            self.learn(body)
        self.aliases: dict[int, set[str]] = defaultdict(set)
        for body_id, alias in Alias.objects.values_list("body", "name"):
            self.aliases[body_id].add(alias)
        self.people = {person.account.lower(): person for person in Person.objects.select_related("body")}
        self.holdings: dict[tuple[int, str, int], list[RoleHolding]] = defaultdict(list)
        for held in RoleHolding.objects.order_by("valid_from"):
            self.holdings[held.person_id, held.role, held.body_id].append(held)

    def learn(self, body: Body) -> None:
        """A body that is there now, or has changed."""
        if body.uscc:
            self.by_uscc[body.uscc] = body
        if not body.is_abolished:
            self.by_name[body.name] = body
            if body.short_name and all(one.pk != body.pk for one in self.by_short_name[body.short_name]):
                self.by_short_name[body.short_name].append(body)

    def body(self, key: str, name: str) -> Body:
        """The standing body called ``name`` in full, or in short where that is clear. Raises ``RowError``."""
        if found := self.by_name.get(name):
            return found
        short = self.by_short_name.get(name, [])
        if len(short) == 1:
            return short[0]
        if short:
            raise RowError(key, f"有{len(short)}个机关简称“{name}”，请填全称")
        raise RowError(key, f"没有名为“{name}”的机关；请核对全称，或先在“机关”表中新增")

    def person(self, account: str) -> Person:
        """Raises ``RowError``."""
        if found := self.people.get(account.lower()):
            return found
        raise RowError("account", f"没有登录名为“{account}”的人员；请核对，或先在“人员”表中新增")


def day(key: str, text: str) -> datetime.date:
    """2019-03-01, 2019/3/1, 2019.3.1, 2019年3月1日, 20190301. Raises ``RowError``."""
    parts = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:\s+0?0:00(?::00)?)?", text)
    parts = parts or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text)
    try:
        if parts:
            return datetime.date(*map(int, parts.groups()))
    except ValueError:
        pass
    raise RowError(key, f"“{text}”不是日期，应如“2019-03-01”")


def chosen(key: str, text: str, choices: dict[str, str]) -> str:
    """The value with the label ``text`` (``choices``: value → label), or the one that begins so; or ``RowError``."""
    wanted = text.replace("(", "（").replace(")", "）")
    found = [value for value, label in choices.items() if wanted in (label, value)]
    found = found or [value for value, label in choices.items() if label.partition("（")[0] == wanted]
    if len(found) == 1:
        return found[0]
    raise RowError(key, f"“{text}”不在可选范围内，应为：{'、'.join(choices.values())}")
