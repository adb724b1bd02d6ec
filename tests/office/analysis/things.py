"""Things of this app for the walk through all addresses (``tests/office/test_rights.py``)."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from office.world import World, thing
from shared_files import ROOT

from gongkai.office.acts.policy import SYSTEM
from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.analysis.models import Batch, Document
from gongkai.office.analysis.services.reading import read
from gongkai.office.analysis.services.uploading import upload
from gongkai.office.bodies.models import Body


@thing("analysis.batch")
def batch(world: World, body: Body) -> Batch:
    """Handed in by somebody else of the body, so that only the body and not the uploader opens it."""
    uploader = body.people.create(account=f"uploader{body.pk}", name="上传人")
    data = (ROOT / "samples/2023/water-bureau.pdf").read_bytes()
    made: Batch = upload(SYSTEM, Batch(body=body, person=uploader), [SimpleUploadedFile("年报.pdf", data)])
    return made


@thing("analysis.document")
def document(world: World, body: Body) -> Document:
    """Read, with pages."""
    key = world.thing("analysis.batch", "own" if body == world.own else "other")
    one = Document.objects.get(batch=key)
    with Apart() as apart:
        read(one.pk, apart)
    return one


@thing("analysis.page")
def page(world: World, body: Body) -> str:
    return "1"


@thing("analysis.format")
def format(world: World, body: Body) -> str:
    """The one that needs no process apart: the walk asks two hundred times."""
    return "json"
