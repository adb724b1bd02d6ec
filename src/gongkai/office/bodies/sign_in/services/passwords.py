"""Passwords are changed by people themselves, and set anew by the security administrator."""

from __future__ import annotations

import datetime
import secrets

from django.conf import settings
from django.utils import timezone

from gongkai.office.acts.policy import Actor
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.bodies.models import Person
from gongkai.office.bodies.sign_in.models import KeptPassword
from gongkai.office.bodies.sign_in.policy import policy
from gongkai.office.bodies.sign_in.services.ending import end_all

# Without what is misread on paper or on the telephone.
_SIGNS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
_LENGTH = 14  # of 55 signs: 80 bits


@verb("bodies.change_password", "更改密码", policy=policy)
def change_password(actor: Actor, person: Person, password: str, *, session_key: str = "", way: str = "本人") -> Done:
    """The person's own new password, which the form has judged. All sessions end but the one it is done in."""
    _set(person, password, must_change=False)
    return Done(person, {"途径": way, "结束的其他登录": end_all(person, keep=session_key)})


@verb("bodies.reset_password", "重置密码", policy=policy)
def reset_password(actor: Actor, person: Person, password: str) -> Done:
    """``password`` (see ``one_time_password``) is good for ``ONE_TIME_PASSWORD_HOURS``, and for changing it only."""
    _set(person, password, must_change=True)
    until = timezone.now() + datetime.timedelta(hours=settings.ONE_TIME_PASSWORD_HOURS)
    kept = KeptPassword.objects.filter(person=person).first()
    KeptPassword.objects.filter(pk=kept.pk).update(one_time_until=until)
    return Done(person, {"有效至": until.isoformat(timespec="seconds"), "结束的登录": end_all(person)})


def one_time_password() -> str:
    """Such as ``mT7k-…``: letters of both kinds and figures, drawn by lot, in groups to read aloud."""
    while True:
        drawn = [secrets.choice("".join(_SIGNS)) for _ in range(_LENGTH)]
        if all(set(drawn) & set(signs) for signs in _SIGNS):
            return "-".join("".join(drawn[i : i + 5]) for i in range(0, _LENGTH, 5))


def _set(person: Person, password: str, *, must_change: bool) -> None:
    person.set_password(password)
    person.must_change_password = must_change
    person.save(update_fields=["password", "must_change_password"])
