"""The way back to a draft: as long as it is kept, and never into another one."""

from __future__ import annotations

import datetime

from django.utils import timezone
from office.portal.citizen import NUMBER, WANTED, Citizen, answers, paper, text
from office.world import World

from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.models import Application
from gongkai.office.portal.models import Draft
from gongkai.office.portal.selectors.drafts import KEPT_DAYS

LONG = "柳河村第三村民小组的名单，" * 20


def tag(citizen: Citizen) -> str:
    """As the forms of the draft now open have it."""
    return text(citizen.get("step", "wanted")).split('name="draft" value="')[1].split('"')[0]


def test_the_device_knows_the_way_back_for_as_long_as_the_draft_is_kept(citizen: Citizen) -> None:
    citizen.begin()
    ten_days_ago = timezone.now() - datetime.timedelta(days=10)
    Draft.objects.update(started_at=ten_days_ago, changed_at=ten_days_ago)
    kept = citizen.post("step", "kind", applicant_kind="natural_person")
    cookie = next(morsel for name, morsel in kept.cookies.items() if name.endswith("draft"))
    assert cookie["max-age"] == KEPT_DAYS * 24 * 3600
    assert cookie["httponly"]


def test_words_typed_for_a_draft_that_is_gone_are_given_back(citizen: Citizen, world: World) -> None:
    citizen.fill()
    Draft.objects.all().delete()
    gone = citizen.post("step", "wanted", description=LONG, document_number="", purpose="查账")
    assert gone.status_code == 404
    assert LONG in text(gone)
    assert "查账" in text(gone)
    number = citizen.post("step", "identity", identity_kind="identity_card", identity_number=NUMBER)
    assert NUMBER not in text(number)


def test_two_drafts_in_two_windows_do_not_get_mixed(citizen: Citizen, world: World) -> None:
    first = tag(citizen.fill())
    citizen.begin()
    second = Draft.objects.latest("pk")
    stopped = citizen.post("step", "wanted", description=LONG, document_number="", purpose="", draft=first)
    assert stopped.status_code == 409
    assert LONG in text(stopped)
    assert "另一份申请" in text(stopped)
    assert citizen.post("papers", label="申请材料", files=paper(), draft=first).status_code == 409
    assert citizen.post("discard", draft=first).status_code == 409
    second.refresh_from_db()
    assert (second.answers, attachments_of(second).count()) == ({}, 0)
    for slug, typed in answers(world).items():
        assert citizen.post("step", slug, **typed, draft=tag(citizen)).status_code == 302
    assert citizen.post("check", draft=first).status_code == 409
    assert not Application.objects.exists()
    assert citizen.post("check", draft=tag(citizen)).url.endswith("/receipt/")
    assert Application.objects.get().description == WANTED


def test_every_form_of_a_draft_says_for_which_it_is(citizen: Citizen) -> None:
    citizen.fill().post("papers", label="申请材料", files=paper())
    for name, *args in (("step", "body"), ("step", "name"), ("papers",), ("check",)):
        page = text(citizen.get(name, *args))
        forms = page.split('method="post"')[1:]
        assert forms
        assert all('name="draft"' in form for form in forms), (name, args)
