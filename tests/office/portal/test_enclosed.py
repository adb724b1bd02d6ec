"""What the citizen can download is what the signed reply encloses: never an original of which parts are withheld."""

from __future__ import annotations

import io
from typing import Any

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from office.libreoffice import needs_libreoffice
from office.portal.citizen import Citizen, paper, text

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.services import work as works
from gongkai.office.acts.services.attachments import attach, store
from gongkai.office.applications.models import Application, Redaction
from gongkai.office.applications.redaction.boxes import Box
from gongkai.office.applications.selectors.enclosing import enclosable
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.services import converting
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.lettering import write_letter
from gongkai.office.applications.services.posting import send_letter
from gongkai.office.applications.services.proceeding import proceed
from gongkai.office.applications.services.redacting import burn, mark, order

pytestmark = pytest.mark.django_db(transaction=True)  # the job says how far it is on a connection of its own

SECRET = "SECRET 11010519491231002X"
SOURCE = (
    f"#set page(width: 210mm, height: 297mm, margin: 20mm)\n#place(top + left, dy: 40mm)[#text(size: 16pt)[{SECRET}]]"
)
BOX = Box(page=1, left=0.08, top=0.18, right=0.92, bottom=0.26, ground="15")
GROUNDS = {"grounds_of_refused_parts": {"text": "身份证号码属于个人隐私", "counts": {"15": 1}}}


@pytest.fixture
def case(citizen: Citizen) -> Application:
    """Confirmed, and being drafted, with an original that was wrongly put up for the reply as well, and blacked out."""
    handler = Actor(citizen.world.people["handler"])
    case = proceed(SYSTEM, citizen.fill().submit(), "confirmed")
    assign(SYSTEM, case, to=citizen.world.people["handler"])
    case = proceed(SYSTEM, case, "draft")
    upload = SimpleUploadedFile("发放名单.pdf", typst.compile(SOURCE.encode()), "application/pdf")
    original = attach(handler, case, upload, label="答复附件")
    mark(handler, case, original=original, boxes=[BOX])
    work = order(handler, case, original=original, version=Redaction.objects.get().version)
    works.carry_out(work.pk, burn)
    return Application.objects.get(pk=case.pk)


def signed(citizen: Citizen, case: Application, outcome: str, enclosed: Any = None, **records: Any) -> Application:
    handler = Actor(citizen.world.people["handler"])
    decide(handler, case, outcome_code=outcome, reason="理由在此。", content="内容在此。", records=records)
    if enclosed is not None:
        write_letter(handler, case, kind=f"reply_{outcome}", content=Content(enclosed=tuple(enclosed)))
    case = proceed(SYSTEM, case, "submit_review")
    approve(Actor(citizen.world.people["reviewer"]), case, opinion="同意")
    return proceed(Actor(citizen.world.people["signatory"]), case, "signed_and_sent")  # type: ignore[no-any-return]


def offered(citizen: Citizen, case: Application) -> set[str]:
    """Names of the files that are enclosed with the reply, as the page of the case links them; each can be read."""
    citizen.open(case)
    links = text(citizen.get("case")).split('<a href="/open/follow/case/papers/')[1:]
    keys = [int(link.split("/")[0]) for link in links]
    assert all(citizen.get("paper", key).status_code == 200 for key in keys)
    files = Attachment.objects.filter(pk__in=keys)
    refused = Attachment.objects.exclude(pk__in=keys).values_list("pk", flat=True)
    assert all(citizen.get("paper", key).status_code == 404 for key in refused)
    return {one.name for one in files if one.label != "文书"}


def test_a_partial_disclosure_gives_out_the_blacked_out_file_and_never_the_original(
    citizen: Citizen, case: Application
) -> None:
    case = signed(citizen, case, "partially_granted", **GROUNDS)
    assert Content.of(case.letters.get()).letter.attachments == ("发放名单（已遮盖）.pdf",)
    assert offered(citizen, case) == {"发放名单（已遮盖）.pdf"}
    enclosed = case.letters.get().enclosed.get()
    assert SECRET.encode() not in store().read(enclosed.file.sha256)


@pytest.mark.parametrize(
    ("outcome", "records"),
    [
        ("denied_process", {"category": "讨论记录"}),
        ("denied_enforcement_file", {}),
        ("unavailable_needs_creation", {}),
    ],
)
def test_what_was_blacked_out_stays_inside_where_nothing_is_released(
    citizen: Citizen, case: Application, outcome: str, records: dict[str, str]
) -> None:
    case = signed(citizen, case, outcome, **records)
    assert Content.of(case.letters.get()).letter.attachments == ()
    assert offered(citizen, case) == set()


def test_a_refusal_encloses_what_its_author_chose_and_a_forged_choice_of_the_original_nothing(
    citizen: Citizen, case: Application
) -> None:
    handler = Actor(citizen.world.people["handler"])
    chosen = attach(handler, case, paper("救济指南.txt", b"guide"), label="答复附件")
    everything = Attachment.objects.filter(thing_id=case.pk).values_list("pk", flat=True)
    assert len(everything) > 2
    case = signed(citizen, case, "denied_process", enclosed=everything, category="讨论记录")
    assert Content.of(case.letters.get()).letter.attachments == (chosen.name,)
    assert offered(citizen, case) == {chosen.name}


def test_what_is_put_up_marked_or_burned_after_the_signature_changes_nothing(
    citizen: Citizen, case: Application
) -> None:
    case = signed(citizen, case, "partially_granted", **GROUNDS)
    handler = Actor(citizen.world.people["handler"])
    attach(handler, case, paper("另一份.txt", b"other"), label="答复附件")
    original = Attachment.objects.get(name="发放名单.pdf")
    mark(handler, case, original=original, boxes=[])
    assert offered(citizen, case) == {"发放名单（已遮盖）.pdf"}
    letter = case.letters.get()
    send_letter(Actor(citizen.world.people["registrar"]), letter, way="online")
    letter.refresh_from_db()
    assert [one.name for one in letter.enclosed.all()] == ["发放名单（已遮盖）.pdf"]
    assert offered(citizen, case) == {"发放名单（已遮盖）.pdf"}


def _word(name: str) -> SimpleUploadedFile:
    document, content = Document(), io.BytesIO()
    document.add_paragraph(SECRET)
    document.save(content)
    return SimpleUploadedFile(name, content.getvalue())


@needs_libreoffice
def test_the_word_file_of_which_the_blacked_out_pdf_was_made_stays_in_the_house(
    citizen: Citizen, case: Application
) -> None:
    handler = Actor(citizen.world.people["handler"])
    word = attach(handler, case, _word("花名册.docx"), label="答复附件")
    conversion = converting.order(handler, case, original=word)
    works.carry_out(conversion.pk, converting.convert)
    made = Attachment.objects.get(label="转换的PDF")
    mark(handler, case, original=made, boxes=[BOX])
    work = order(handler, case, original=made, version=1)
    works.carry_out(work.pk, burn)
    assert word.pk not in [one.pk for one in enclosable(case)], "nobody can choose it"
    case = signed(citizen, case, "partially_granted", **GROUNDS)
    assert offered(citizen, case) == {"发放名单（已遮盖）.pdf", "花名册（已遮盖）.pdf"}


def test_a_word_file_by_the_name_of_the_blacked_out_pdf_goes_out_only_when_chosen(
    citizen: Citizen, case: Application
) -> None:
    """As where there is no converter: the clerk puts up both, the file from Word and the PDF that Word made of it."""
    handler = Actor(citizen.world.people["handler"])
    attach(handler, case, _word("发放名单.docx"), label="答复附件")
    attach(handler, case, paper("说明.txt", "填表说明".encode()), label="答复附件")
    case = signed(citizen, case, "partially_granted", **GROUNDS)
    assert offered(citizen, case) == {"发放名单（已遮盖）.pdf", "说明.txt"}
