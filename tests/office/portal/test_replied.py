"""The reply on the page: what was decided, what can be read, how and where to appeal."""

from __future__ import annotations

from typing import Any

import pytest
from office.portal.citizen import Citizen, paper, text

from gongkai.office.acts.policy import SYSTEM, Actor
from gongkai.office.acts.services.attachments import attach
from gongkai.office.applications.models import Application, ReplyPrefix
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.proceeding import proceed

SEARCH = {"search_record": {"systems": "公文系统", "words": "名单", "people": "王某", "on": "2024-01-02"}}


def replied(citizen: Citizen, outcome: str, records: dict[str, Any]) -> Application:
    """Through the services, by three people."""
    people = citizen.world.people
    case = citizen.fill().submit()
    case = proceed(SYSTEM, case, "confirmed")
    assign(SYSTEM, case, to=people["handler"])
    case = proceed(SYSTEM, case, "draft")
    decide(
        Actor(people["handler"]), case, outcome_code=outcome, reason="理由在此。", content="内容在此。", records=records
    )
    attach(SYSTEM, case, paper("名单.txt", "2023年名单".encode()), label="答复附件")
    case = proceed(SYSTEM, case, "submit_review")
    approve(Actor(people["reviewer"]), case, opinion="同意")
    return proceed(Actor(people["signatory"]), case, "signed_and_sent")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("outcome", "records", "appeal"),
    [
        ("granted", {}, "可以自收到本答复之日起60日内向清源县人民政府申请行政复议，或者"),
        ("unavailable_does_not_exist", SEARCH, "可以自收到本答复之日起60日内向清源县人民政府申请行政复议，或者"),
        ("denied_process", {"category": "讨论记录"}, "应当先自收到本答复之日起60日内向清源县人民政府申请行政复议"),
    ],
)
def test_the_reply_is_read_and_downloaded_with_its_remedy(
    citizen: Citizen, outcome: str, records: dict[str, Any], appeal: str
) -> None:
    case = replied(citizen, outcome, records)
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "已经答复" in page
    assert case.decision.number in page
    assert "内容在此。" in page
    assert appeal in page
    assert "清源县人民法院" in page
    links = page.split('<a href="/open/follow/case/papers/')[1:]
    if outcome == "denied_process":
        assert links == [], "a refusal gives out nothing that its author did not choose"
    else:
        address = links[0].split('"')[0]
        got = citizen.client.get(f"/open/follow/case/papers/{address}")
        assert b"".join(got.streaming_content) == "2023年名单".encode()
    assert "撤回申请" not in page


def test_the_page_names_whom_the_letter_names(citizen: Citizen) -> None:
    """A body that belongs to its own line hears nothing from the county's government (行政复议法 第二十七条)."""
    case = replied(citizen, "denied_process", {"category": "讨论记录"})
    ReplyPrefix.objects.update_or_create(
        body=case.body,
        defaults={
            "kind": "vertical_body",
            "authority": "清源市民政局",
            "basic_court": "清源铁路运输法院",
        },
    )
    citizen.open(case)
    page = text(citizen.get("case"))
    assert "向清源市民政局申请行政复议" in page
    assert "向清源铁路运输法院" in page
    assert "清源县人民政府申请" not in page
