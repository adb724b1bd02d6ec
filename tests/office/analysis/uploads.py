"""Handing files in, as tests need it."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.office.acts.policy import Actor
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch
from gongkai.office.analysis.services.finishing import finish
from gongkai.office.analysis.services.reading import read
from gongkai.office.analysis.services.uploading import upload
from gongkai.office.bodies.models import Body, Person, RoleHolding
from gongkai.office.bodies.roles import Role

File = tuple[str, bytes]


def body(name: str, kind: str = "department") -> Body:
    return Body.objects.create(kind=kind, name=name)


def person(account: str, of: Body, *roles: Role) -> Person:
    one = Person.objects.create(account=account, name=f"姓名{account}", body=of)
    for role in roles:
        RoleHolding.objects.create(person=one, role=role, body=of, valid_from=datetime.date(2020, 1, 1))
    return one


def hand_in(who: Person, *files: File, with_parts: bool = False) -> Batch:
    """A batch of files, not read yet."""
    batch = Batch(body=who.body, person=who, with_parts=with_parts)
    return upload(Actor(person=who), batch, [SimpleUploadedFile(name, data) for name, data in files])


def read_all(batch: Batch, apart: Apart) -> None:
    """As the jobs would."""
    while ids := list(batch.documents.filter(state="waiting").values_list("pk", flat=True)):
        for pk in ids:
            read(pk, apart)
    finish(batch.pk, apart)
    batch.refresh_from_db()


def hand_in_and_read(who: Person, apart: Apart, *files: File, with_parts: bool = False) -> Batch:
    """A batch of files, read and compared."""
    batch = hand_in(who, *files, with_parts=with_parts)
    read_all(batch, apart)
    return batch
