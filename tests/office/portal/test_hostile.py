"""What a citizen types may be anything: it comes out as text, everywhere, and no page breaks on it."""

from __future__ import annotations

import csv
import io
import zipfile
from email import message_from_bytes
from html.parser import HTMLParser
from typing import Any

import pytest
from office.applications.pages import at
from office.portal.citizen import EMAIL, Citizen, answers, text
from office.world import World

from gongkai.office.acts.models import Mail
from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.acts.services.mail import _message
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.services.lettering import write_letter
from gongkai.office.applications.services.posting import send_letter
from gongkai.office.applications.services.proceeding import Particulars, proceed

FORMULA = '=HYPERLINK("http://x.example")'
EVIL = (
    FORMULA
    + "{{7*7}}<script>evil()</script><img src=evil.png onerror=evil()>{% now 'Y' %}"
    + "'\"</title>\x07\u202e\ufffe😀"
)


class _Elements(HTMLParser):
    """What a browser would run or fetch of what was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = tag == "script"
        self.found += [f"<{tag} {name}={value}>" for name, value in attrs if name.startswith("on")]
        self.found += [
            f"<{tag} {value}>" for name, value in attrs if name in ("src", "href") and "evil" in (value or "")
        ]

    def handle_data(self, data: str) -> None:
        if self._script and "evil" in data:
            self.found.append(data)
        self._script = False


def run_by(page: str) -> list[str]:
    parser = _Elements()
    parser.feed(page)
    return parser.found


@pytest.fixture
def citizen(world: World) -> Citizen:
    evil = {
        "wanted": {"description": EVIL * 3, "document_number": EVIL[:100], "purpose": EVIL},
        "name": {"applicant_name": EVIL[:100], "joint_applicants": EVIL[:100], "agent": EVIL[:60]},
        "contact": {"phone": "13800138000", "address": EVIL[:150], "postcode": "224000", "email": EMAIL},
        "help": {"help": ["eyes"], "help_words": EVIL[:80]},
    }
    return Citizen(world).fill(**evil)


def test_what_runs_is_found_by_the_test_itself() -> None:
    assert run_by("<p>a<script>evil()</script><img src=evil.png onerror=evil()></p>") != []
    assert run_by("<p>&lt;script&gt;evil()&lt;/script&gt;</p><script>good()</script>") == []


def test_it_comes_back_as_text_on_every_page_of_the_citizen_and_of_the_clerks(citizen: Citizen, world: World) -> None:
    pages = {f"step {slug}": citizen.get("step", slug) for slug in answers(world)}
    pages["check"] = citizen.get("check")
    case = citizen.submit()
    pages["receipt"] = citizen.get("receipt")
    citizen.open(case)
    assert citizen.post("write", words=EVIL).status_code == 302
    pages["follow"] = citizen.get("case")
    inside = ("", "receipt/", "correct/", "letters/", "split/", "publish/", "letters/new/1/acceptance/")
    for role in ("registrar", "handler", "reviewer", "signatory", "supervisor"):
        client = at(world, role)
        for address in ("/", "/applications/", *(f"/applications/{case.pk}/{page}" for page in inside)):
            pages[f"{role} {address}"] = client.get(address)
    shown = 0
    for name, response in pages.items():
        assert response.status_code in (200, 403, 404), name
        assert run_by(text(response)) == [], name
        if "evil()" in text(response):
            shown += 1
            assert "{{7*7}}" in text(response), f"{name}: a template was run"
    assert shown > 10


def test_no_export_holds_a_formula_and_the_calendar_names_nothing(citizen: Citizen, world: World) -> None:
    case = citizen.submit()
    proceed(SYSTEM, case, "confirmed", Particulars(data={"how": EVIL}))
    client = at(world, "registrar")
    written = b"".join(client.get("/applications/?export=csv")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert any(FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    book = b"".join(client.get("/applications/?export=xlsx"))
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        sheets = b"".join(package.read(name) for name in package.namelist() if name.startswith("xl/"))
    assert b"HYPERLINK" in sheets
    assert b"<f>" not in sheets, "a formula"
    assert b"<hyperlink" not in sheets
    signatory = at(world, "signatory")
    opened = text(signatory.post("/applications/calendar/open/"))
    address = opened.partition("/applications/calendar/")[2].partition("deadlines.ics")[0]
    feed = text(signatory.get(f"/applications/calendar/{address}deadlines.ics"))
    assert "BEGIN:VEVENT" in feed
    assert "evil" not in feed
    assert "HYPERLINK" not in feed


def test_letters_and_mails_carry_it_as_words(citizen: Citizen, world: World) -> None:
    case = proceed(SYSTEM, citizen.submit(), "confirmed", Particulars(data={"how": EVIL}))
    letter = write_letter(SYSTEM, Application.objects.get(pk=case.pk), kind="acceptance", content=Content({}))
    client = at(world, "registrar")
    for form, begin in (("docx", b"PK"), ("pdf", b"%PDF")):
        got = client.get(f"/applications/{case.pk}/letters/{letter.pk}/files/{form}/")
        assert b"".join(got).startswith(begin)
    send_letter(SYSTEM, letter, way="email")
    assert Mail.objects.count() == 2
    for mail in Mail.objects.all():
        sent = message_from_bytes(_message(mail).message().as_bytes())
        assert sent["To"] == EMAIL
        assert set(sent.keys()) <= {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", *_HEADERS}
        assert "evil" not in str(sent["Subject"])


_HEADERS = ("Subject", "From", "To", "Date", "Message-ID")


@pytest.mark.parametrize(
    "address",
    [
        "a(b)@c.cn",  # would go to a@c.cn
        "a\x07@c.cn",  # this too
        '"x"@c.cn',
        "a,b@c.cn",
        "a;b@c.cn",
        "a:b@c.cn",
        "<x>@c.cn",
        "a[b]@c.cn",
        "a\\@c.cn",
        "a..b@c.cn",
        ".a@c.cn",
        "张三@c.cn",
        "a@-c.cn",
        "a@c.cn\r\nBcc: b@c.cn",
        f"{'a' * 65}@c.cn",
    ],
)
def test_an_address_that_a_mail_server_would_read_otherwise_is_not_taken(address: str) -> None:
    with pytest.raises(ValueError, match=r"name@example\.com"):
        KINDS["email"].checked(address)


@pytest.mark.parametrize("address", ["a@c.cn", "li.si+wu@mail.qinghe.gov.cn", "x_y-z@163.com", "a@例子.中国"])
def test_an_address_as_people_have_them_is(address: str) -> None:
    assert KINDS["email"].checked(address) == address


_ODD = ("%00", "a%00b", "%ff%fe", "%ed%a0%80", "9" * 30, "-1", "%E2%80%AE", "NaN", "%25", "'", "%3Cscript%3E")


def test_no_page_breaks_on_what_an_address_holds(citizen: Citizen, world: World) -> None:
    citizen.client.raise_request_exception = False
    for path in ("/open/?q=", "/open/apply/step/body/?q=", "/open/print/large/?back="):
        for odd in _ODD:
            assert citizen.client.get(path + odd).status_code < 500, path + odd
    client = at(world, "registrar")
    client.raise_request_exception = False
    for key in ("q", "state", "urgency", "sort", "page", "handler", "columns", "mine", "stuck"):
        for odd in _ODD:
            assert client.get(f"/applications/?{key}={odd}").status_code < 500, (key, odd)
    huge = "9" * 40
    for path in (f"bodies/{huge}/", f"apply/papers/{huge}/remove/", f"follow/case/papers/{huge}/", "apply/step/%00/"):
        for ask in (citizen.client.get, citizen.client.post):
            assert ask(f"/open/{path}").status_code < 500, path


_FORM = "application/x-www-form-urlencoded"
_BODIES: list[tuple[str, bytes]] = [
    (f"{_FORM}; charset=utf-16", "a=b".encode("utf-16")),
    (f"{_FORM}; charset=nonsense", b"a=b"),
    (_FORM, b"description=" + b"%00" * 10),
    (_FORM, b"description=%ff%fe&words=%ed%a0%80"),
    (_FORM, b"&".join(b"f%d=1" % number for number in range(3000))),
    (_FORM, b"description=" + b"a" * 12_000_000),
    ("multipart/form-data", b"zzz"),
    (f"multipart/form-data; boundary={'y' * 300}", b"zzz"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="description"\r\n\r\n\xff\x00\r\n',
    ),
    ("application/json", b"{"),
]


@pytest.mark.parametrize(("kind", "body"), _BODIES, ids=range(len(_BODIES)))
def test_no_page_breaks_on_what_a_request_holds(citizen: Citizen, world: World, kind: str, body: bytes) -> None:
    clerk = at(world, "registrar")
    for client, path in (
        *(
            (citizen.client, f"/open/{page}/")
            for page in ("apply/step/wanted", "apply/papers", "follow", "apply/resume")
        ),
        (clerk, "/applications/new/"),
    ):
        client.raise_request_exception = False
        answer: Any = client.generic("POST", path, body, content_type=kind)
        assert answer.status_code < 500, path
