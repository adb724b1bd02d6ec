"""What the record of a case says of the fields of its letters (``letters/fields.toml``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongkai.office.acts.selectors.attachments import attachments_of
from gongkai.office.applications.letters.catalogue import Entry
from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.applicants import count_in_month
from gongkai.office.applications.selectors.consultations import AGENCY, THIRD_PARTY, result_for_applicant
from gongkai.office.applications.selectors.decisions import record_words
from gongkai.statute.fees import ITEM

_CONSULTS = {THIRD_PARTY: "第三方", AGENCY: "共同制作该信息的机关"}


def recorded(case: Application, events: Sequence[CaseEvent], event: CaseEvent | None, letter: Entry) -> dict[str, Any]:
    """Key of a field → value. ``event``: the one that the letter goes with, which goes before others of its sort.

    Numbers and addresses of the applicant are masked (seeing them is an act); third parties are not named.
    """
    found = _of_case(case, events)
    for one in (*events, *([event] if event else [])):
        found |= _of_event(one)
    found["consultation"] = result_for_applicant(events)
    if "申请情况" in letter.fields and not found.get("volume"):  # asked of the database only where it is said
        found["volume"] = f"本月向本机关提出申请{count_in_month(case)}件"
    return found | _of_decision(case) | _fee(case, events, letter.kind)


def _of_case(case: Application, events: Sequence[CaseEvent]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "register_number": f"{case.year}年第{case.number}号",
        "received_on": case.received_on,
        "arrived_on": case.arrived_on,
        "channel": case.get_channel_display(),
        "description": case.description,
        "query_code": case.code,
        "due": case.due,
        "applicant_kind": case.get_applicant_kind_display(),
        "identity_kind": case.get_identity_kind_display(),
        "purpose": case.purpose,
        "form": case.get_form_display() or "申请人没有写明",
        "way": case.get_way_display() or "申请人没有写明",
        "representative": case.representative,
        "agent": case.agent,
        "assistance": case.needs_assistance,
        "registrar": events[0].by_name if events else "",
        "handler": case.handler.name if case.handler else "",
        "papers": [f"{one.label or one.name}1份" for one in attachments_of(case)] or ["政府信息公开申请1份"],
    }
    for name in ("identity_number", "phone", "address", "email"):
        value = getattr(case, name)
        found[name] = value.mask if value else ("" if name in ("address", "email") else "未提供")
    return found


def _of_event(event: CaseEvent) -> dict[str, Any]:
    """What one event adds; a later one of the same sort takes its place."""
    data, text = event.data, event.data.get("text", "")
    if event.event in _CONSULTS:
        return {"consulted": _CONSULTS[event.event], "consulted_on": event.on, "information": text}
    found: dict[str, dict[str, Any]] = {
        "request_correction": {
            "corrections": text,
            "correction_due": _day(data.get("correction_due")),
            "correction_asked_on": event.on,
        },
        "correction_received": {"correction_received_on": event.on},
        "excessive": {"reasons_asked_on": event.on, "volume": text},
        "reason_accepted": {"delayed_until": event.until, "extension_reason": data.get("reason", "")}
        if event.until
        else {},
        "opinion_or_timeout": {"opinion": text},
        "extend": {"extension_reason": data.get("reason", ""), "extension_days": event.days},
        "fee_notice": {"fee_noticed_on": event.on},
        "withdrawn": {"withdrawn_on": event.on},
    }
    return found.get(event.event, {})


def _of_decision(case: Application) -> dict[str, Any]:
    decision = getattr(case, "decision", None)
    if decision is None:
        return {}
    records = decision.records
    found: dict[str, Any] = {"reason": decision.reason, "content": decision.content}
    for key in ("cited_law", "grounds_of_refused_parts", "category", "obtained", "archive"):
        if records.get(key):
            found[key] = record_words(records[key])
    body = records.get("responsible_body")
    if isinstance(body, dict) and body.get("body"):
        found["responsible_body"] = "，".join(filter(None, (body["body"], body.get("contact"))))
    search = records.get("search_record")
    if isinstance(search, dict):  # who searched stays in the house
        found["search_record"] = f"以“{search.get('words')}”为检索词查询{search.get('systems')}，没有查到"
    earlier = records.get("earlier_case")
    if isinstance(earlier, dict) and earlier.get("case"):
        first = Application.objects.filter(pk=earlier["case"]).select_related("decision").first()
        if first is not None and hasattr(first, "decision"):
            found |= {"first_reply_on": first.replied_on, "first_reply_number": first.decision.number}
    return found


def _fee(case: Application, events: Sequence[CaseEvent], kind: str) -> dict[str, Any]:
    notices = [event for event in events if event.event == "fee_notice" and event.data.get("basis")]
    if not notices:
        return {}
    data = notices[-1].data
    already = data.get("already", count_in_month(case, before=True) if data["basis"] == ITEM else 0)
    fee = {"fee_basis": data["basis"], "fee_count": data["count"], "fee_already": already}
    return fee if kind == "fee" else {**fee, "fee_yuan": data["amount"]}


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
