"""Things of this app for the walk through all addresses (``tests/office/test_rights.py``)."""

from __future__ import annotations

import datetime
import json

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from office.applications.casework import FIELDS
from office.world import World, thing

from gongkai.office.acts.models import Attachment, Work
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.services import work as works
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application, Decision, Rectification, RegisterImport, SavedFilter
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.redacting import BURN
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.models import Body


@thing("applications.case")
def case(world: World, body: Body) -> Application:
    """Under review, with a draft: every page of a case has something to show."""
    day = timezone.localdate() - datetime.timedelta(days=2)
    made: Application = register(SYSTEM, body, channel="counter", arrived_on=day, fields=FIELDS)
    made = proceed(SYSTEM, made, "draft", Particulars(on=day))
    Decision.objects.create(application=made, outcome="granted", reason="可以公开", content="见附件")
    return proceed(SYSTEM, Application.objects.get(pk=made.pk), "submit_review", Particulars(on=day))  # type: ignore[no-any-return]


@thing("applications.file")
def file(world: World, body: Body) -> int:
    """A PDF among the papers of the case."""
    key = world.thing("applications.case", "own" if body == world.own else "other")
    pdf = SimpleUploadedFile("名单.pdf", typst.compile(f"page of {body.pk}".encode()))
    return attach(SYSTEM, Application.objects.get(pk=key), pdf).pk


@thing("applications.event")
def event(world: World, body: Body) -> str:
    return "withdrawn"


@thing("applications.personal")
def personal(world: World, body: Body) -> str:
    return "phone"


@thing("applications.page")
def page(world: World, body: Body) -> int:
    return 1


@thing("applications.filter")
def kept_filter(world: World, body: Body) -> SavedFilter:
    """The handler's (own), and a stranger's."""
    owner = world.people["handler"] if body == world.own else body.people.create(account="filterer", name="李某")
    return SavedFilter.objects.create(person=owner, name="快到期", query="urgency=orange")


@thing("applications.import")
def register_import(world: World, body: Body) -> RegisterImport:
    """The registrar's (own), and a stranger's."""
    owner = world.people["registrar"] if body == world.own else body.people.create(account="importer", name="赵某")
    table = json.dumps([["申请人"], [[2, ["张小明"]]]])
    return RegisterImport.objects.create(body=body, person=owner, file_name="台账.xlsx", row_count=1, table=table)


@thing("applications.work")
def work(world: World, body: Body) -> Work:
    """A paper of the case is being blacked out."""
    paper = Attachment.objects.get(pk=world.thing("applications.file", "own" if body == world.own else "other"))
    return works.ask(Actor(person=world.people["handler"]), BURN, paper, version=1)


@thing("applications.secret")
def secret(world: World, body: Body) -> str:
    """One that opens nothing."""
    return "x" * 43


@thing("applications.rectification")
def rectification(world: World, body: Body) -> Rectification:
    """Not finished."""
    texts = {"record": "登记面积", "request": "更正", "evidence": "测绘报告"}
    day = timezone.localdate()
    return Rectification.objects.create(  # type: ignore[no-any-return]
        body=body, year=day.year, number=1, received_on=day, applicant_name="钱某", **texts
    )
