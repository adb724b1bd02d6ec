"""Records for ``bench_office``: the demonstration county made through the services, and copies of what it holds."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.analysis.models import Batch, Document, Reading
from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.services.registering import query_code, register
from gongkai.office.bodies.models import Person
from gongkai.office.config.demonstration import county

AT_ONCE = 2_000
DAY = datetime.date(2026, 10, 9)


def first(sample: Path, accounts: set[str]) -> dict[str, int]:
    """One of each by the services; the keys of a body, a document and a case."""
    with transaction.atomic():
        body = county.build()["mzj"]
        for account in accounts:
            county.open_account(account, "Celiang-9-jiance")
    clerk = Person.objects.get(account="mzj-cbr")
    document = _read(clerk, sample)
    fields = {
        "applicant_kind": "natural_person",
        "applicant_name": "申请人甲",
        "identity_kind": "identity_card",
        "phone": "13800138000",
        "description": "2025年农村低保发放名单",
        "form": "paper",
        "way": "post",
    }
    case = register(SYSTEM, body, channel="counter", arrived_on=DAY, fields=fields)
    return {"body": body.pk, "document": document.pk, "case": case.pk}


def _read(clerk: Person, sample: Path) -> Document:
    from gongkai.office.analysis.apart.reader import Apart
    from gongkai.office.analysis.services.finishing import finish
    from gongkai.office.analysis.services.reading import read
    from gongkai.office.analysis.services.uploading import upload

    file = SimpleUploadedFile(sample.name, sample.read_bytes())
    batch = upload(Actor(clerk), Batch(body=clerk.body, person=clerk, with_parts=False), [file])
    document: Document = batch.documents.get()
    with Apart() as apart:
        read(document.pk, apart, 30)
        finish(batch.pk, apart)
    document.refresh_from_db()
    return document


def grow(scale: int, *, people: int, acts: int, documents: int, cases: int) -> None:
    """Copy until there are ``scale`` times as many of each, and let the server settle."""
    _people(scale * people)
    _acts(scale * acts)
    _documents(scale * documents)
    _cases(scale * cases)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the server does by itself before long


def _people(wanted: int) -> None:
    bodies = list(Person.objects.values_list("body", flat=True).distinct())
    have = Person.objects.count()
    Person.objects.bulk_create(
        (
            Person(account=f"copy-{n}", name=f"王{n}", body_id=bodies[n % len(bodies)], password="!")
            for n in range(have, wanted)
        ),
        AT_ONCE,
    )


def _acts(wanted: int) -> None:
    kept = list(Act.objects.order_by("pk")[:500])
    have = Act.objects.count()
    fields = [f.attname for f in Act._meta.concrete_fields if f.attname not in ("id", "at") and not f.generated]
    Act.objects.bulk_create(
        (Act(**{name: getattr(kept[n % len(kept)], name) for name in fields}) for n in range(have, wanted)), AT_ONCE
    )


def _documents(wanted: int) -> None:
    source = Document.objects.select_related("reading", "batch").order_by("pk")[0]
    have = Document.objects.count()
    if wanted <= have:
        return
    batch = Batch.objects.create(body=source.batch.body, person=source.batch.person, with_parts=False)
    names = [f.attname for f in Document._meta.concrete_fields if f.attname not in ("id", "batch_id", "number")]
    values = {name: getattr(source, name) for name in names}
    made = Document.objects.bulk_create(
        (Document(**values, batch=batch, number=n) for n in range(1, wanted - have + 1)), AT_ONCE
    )
    reading = source.reading
    Reading.objects.bulk_create(
        (
            Reading(document=one, report=reading.report, findings=reading.findings, remarks=reading.remarks)
            for one in made
        ),
        AT_ONCE,
    )


def _cases(wanted: int) -> None:
    source = Application.objects.order_by("pk")[0]
    have = Application.objects.count()
    skipped = {"id", "number", "code", "due", "phone"}
    names = [f.attname for f in Application._meta.concrete_fields if f.attname not in skipped and not f.generated]
    values = {name: getattr(source, name) for name in names}
    assert source.due is not None
    made = Application.objects.bulk_create(
        (
            Application(
                **values,
                phone=f"138{n:08d}",
                number=n + 1,
                code=query_code(),
                due=source.due + datetime.timedelta(days=n % 90 - 45),
            )
            for n in range(have, wanted)
        ),
        AT_ONCE,
    )
    CaseEvent.objects.bulk_create(
        (CaseEvent(application=one, event="submitted", on=DAY, state="RECEIVED", by_name="系统") for one in made),
        AT_ONCE,
    )
