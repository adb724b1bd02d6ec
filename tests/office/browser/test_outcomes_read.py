"""What the citizen reads at the end of each family of outcomes: the page, the letter, the right way to appeal."""

from __future__ import annotations

import pypdfium2
import pytest
from django.utils import timezone
from office.applications.casework import done, registered
from office.applications.deciding import SEARCH, decide, sign_off
from office.applications.pages import at, happen, page, text
from office.portal.citizen import Citizen
from office.world import World, build_world

from gongkai.office.applications.models import Application
from gongkai.statute import calendar

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FREE = "可以自收到本答复之日起60日内向清源县人民政府申请行政复议，或者自收到本答复之日起6个月内向"
FIRST = "应当先自收到本答复之日起60日内向清源县人民政府申请行政复议；对行政复议决定不服的"
PRIVATE = {"harm_harm": "泄露个人隐私", "harm_result": "损害大于公共利益"}


@pytest.fixture
def world(db: None, tmp_path, settings) -> World:
    settings.DATA = tmp_path
    return build_world()


@pytest.fixture
def citizen(world: World) -> Citizen:
    return Citizen(world)


def applied(citizen: Citizen) -> Application:
    """Online, confirmed and given to the handler."""
    case, registrar = citizen.fill().submit(), at(citizen.world, "registrar")
    assert happen(registrar, case, "confirmed", how="电话").status_code == 302
    handler = citizen.world.people["handler"]
    assert registrar.post(page("assign", case.pk), {"to": handler.pk}).status_code == 302
    return case


def answered(citizen: Citizen, case: Application, outcome: str, **typed: object) -> None:
    """Drafted, reviewed, signed and sent by the pages of each."""
    happen(at(citizen.world, "handler"), case, "draft")
    answer = decide(citizen.world, case, outcome, content="答复内容在此。", **typed)
    assert answer.status_code == 302, text(answer)
    written(citizen, case, f"new/0/reply_{outcome}/")
    sign_off(citizen.world, case)
    sent(citizen, case)


def written(citizen: Citizen, case: Application, address: str, **open_fields: str) -> None:
    """The draft of the letter: what the record leaves open is typed, the rest left as the form offers it."""
    handler, address = at(citizen.world, "handler"), page("letters", case.pk) + address
    form = handler.get(address).context["form"]
    typed = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    answer = handler.post(address, {**typed, **open_fields})
    assert answer.status_code == 302, text(answer)


def sent(citizen: Citizen, case: Application) -> None:
    """The reply as the citizen's page offers it."""
    (letter,) = (one for one in case.letters.all() if one.is_reply)
    posted = {"version": letter.version, "way": "online", "on": TODAY.isoformat()}
    answer = at(citizen.world, "registrar").post(page("send_letter", case.pk, letter.pk), posted)
    assert answer.status_code == 302, text(answer)


def read(citizen: Citizen, case: Application) -> tuple[str, str]:
    """The page of the case, and the letter that is downloaded from it."""
    citizen.open(case)
    shown = text(citizen.get("case"))
    letter = next(one for one in case.letters.all() if one.is_reply)
    got = citizen.get("paper", letter.pdf_id)
    document = pypdfium2.PdfDocument(b"".join(got.streaming_content))
    words = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert f"/papers/{letter.pdf_id}/" in shown
    return shown, "".join(words.split())


@pytest.mark.parametrize(
    ("outcome", "typed", "named", "appeal"),
    [
        ("granted", {}, "予以公开", FREE),
        ("denied_security_stability", {"leader_decision": "局长2024年1月5日决定"}, "危及国家安全", FIRST),
        ("denied_process", {"category": "讨论记录"}, "讨论记录", FIRST),
        ("unavailable_does_not_exist", SEARCH, "没有", FREE),
        (
            "unavailable_other_body",
            {"responsible_body": "清源县财政局", "responsible_contact": "0999-5550002"},
            "清源县财政局，0999-5550002",
            FREE,
        ),
        ("unavailable_other_body", {"responsible_unknown": "询问县编办"}, "不属于本机关负责公开", FREE),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_the_reply_says_what_was_decided_and_how_to_appeal(
    citizen: Citizen, outcome: str, typed: dict[str, str], named: str, appeal: str
) -> None:
    case = applied(citizen)
    answered(citizen, case, outcome, **typed)
    shown, letter = read(citizen, case)
    assert appeal in shown
    assert appeal in letter
    assert named in letter


def test_a_third_partys_refusal_is_weighed_and_told(citizen: Citizen) -> None:
    case, handler = applied(citizen), at(citizen.world, "handler")
    happen(handler, case, "consult_third_party", party="孙某某", text="是否同意公开")
    happen(handler, case, "opinion_or_timeout", party="孙某某", opinion="refuse")
    answered(citizen, case, "denied_third_party", **PRIVATE)
    shown, letter = read(citizen, case)
    assert FIRST in shown
    assert FIRST in letter


def test_the_same_asked_again_is_answered_with_the_first_reply(citizen: Citizen) -> None:
    first = applied(citizen)
    answered(citizen, first, "granted")
    case = applied(citizen)
    case.refresh_from_db()
    seen = {"earlier": first.pk, "version": case.version}
    link = at(citizen.world, "handler").post(page("link_duplicate", case.pk), seen)
    assert link.status_code == 302
    answered(citizen, case, "not_processed_duplicate", earlier_case=first.pk)
    first.refresh_from_db()
    shown, letter = read(citizen, case)
    assert FREE in shown
    assert FREE in letter
    assert first.decision.number in letter
    assert "不予重复处理" in letter


def test_a_correction_that_never_came_ends_the_case_with_its_letter_and_remedy(citizen: Citizen) -> None:
    """Its beginning lies in the past, where no page lets anybody put it: by the services."""
    days = [calendar.at(calendar.index(TODAY) - back).isoformat() for back in (20, 18, 2)]
    case = registered(citizen.world, days[0])
    done(case, "request_correction", days[1], data={"text": "请写明年份", "correction_due": days[2]})
    handler = at(citizen.world, "handler")
    assert happen(handler, case, "correction_overdue").status_code == 302
    case.refresh_from_db()
    offered = text(handler.get(page("case", case.pk)))
    address = offered.split(f'href="{page("letters", case.pk)}new/')[1].split('"')[0]
    written(citizen, case, f"new/{address}")
    sent(citizen, case)
    shown, letter = read(citizen, case)
    assert FREE.replace("本答复", "不再处理的告知") in shown, "there is no reply"
    assert FREE.replace("答复", "告知书") in letter
    assert "不再处理" in letter
