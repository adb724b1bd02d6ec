"""提交: a draft becomes a case, once, however often the button is pressed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.office.acts.models import Attachment
from gongkai.office.acts.policy import Actor
from gongkai.office.acts.services.attachments import attach_again
from gongkai.office.acts.services.mail import post
from gongkai.office.applications.choices import Channel
from gongkai.office.applications.models import Application
from gongkai.office.applications.services.registering import register
from gongkai.office.portal import steps
from gongkai.office.portal.forms.steps import is_person
from gongkai.office.portal.models import Draft
from gongkai.office.portal.models.draft import PERSONAL
from gongkai.office.portal.selectors.drafts import files_of
from gongkai.office.portal.selectors.receipt import mail_text

SOURCE = "门户网站"
_TOO_QUICK = datetime.timedelta(seconds=15)  # from the first page to the last: a hint for the clerk, nothing more
_HELP = {"eyes": "阅读或视力障碍", "ears": "听力障碍", "writing": "书写困难", "call": "请电话联系"}


class IncompleteError(Exception):
    """Something required is missing. ``missing`` as ``steps.missing`` gives it."""

    def __init__(self, missing: list[tuple[steps.Step, list[str]]]) -> None:
        super().__init__("incomplete")
        self.missing = missing


def submit(actor: Actor, draft: Draft, *, trapped: bool = False) -> Application:
    """The case of ``draft``: registered now, or by an earlier call. Mail and jobs go out with the commit.

    ``trapped``: something was typed where people see no field. Raises ``IncompleteError``, and ``Refused`` as
    ``register`` does.
    """
    with transaction.atomic():
        # Nothing joined: who waited for the lock gets this row as it is now, but joined ones as they were before.
        mine = Draft.objects.select_for_update().get(pk=draft.pk)
        if mine.application is not None:
            return mine.application
        if mine.body_id == draft.body_id:
            mine.body = draft.body  # read already, most often
        if lacking := steps.missing(mine):
            raise IncompleteError(lacking)
        hints = _hints(mine, trapped)
        # From the number to the commit others who apply to this body wait: what can be asked before, is.
        papers: Sequence[Attachment] = list(files_of(mine).select_related(None))  # most often none
        fields = stated(mine)
        case: Application = register(
            actor,
            mine.body,
            channel=Channel.INTERNET.value,
            arrived_on=timezone.localdate(),
            fields=fields,
            source=f"{SOURCE}（提示：{'；'.join(hints)}）" if hints else SOURCE,
        )
        for paper in papers:
            attach_again(actor, case, paper)
            paper.delete()
        if mine.email:
            post(mine.email.reveal(), f"政府信息公开申请回执（{mine.body.name}）", mail_text(case), about=case)
        _empty(mine, case, hints)
    return case


def stated(draft: Draft) -> dict[str, Any]:
    """What the applicant stated, as the register has it (``registering.STATED``)."""
    answers, person = draft.answers, is_person(draft.answers)
    number = answers.get("document_number")
    return {
        "applicant_kind": answers["applicant_kind"],
        "applicant_name": draft.text("applicant_name"),
        # What was answered before another kind of applicant was chosen is not asked of this one.
        "joint_applicants": draft.text("joint_applicants") if person else "",
        "representative": "" if person else draft.text("representative"),
        "agent": draft.text("agent"),
        "identity_kind": answers["identity_kind"],
        "identity_number": draft.identity_number,
        "phone": draft.phone,
        "address": _address(draft),
        "email": draft.email,
        "needs_assistance": _assistance(answers),
        "description": answers["description"] + (f"\n（文号：{number}）" if number else ""),
        "purpose": answers.get("purpose") or "",
        "form": answers["form"],
        "way": answers["way"],
    }


def _address(draft: Draft) -> str | None:
    parts = [draft.text("address")]
    for key, label in (("postcode", "邮编"), ("fax", "传真")):
        if (key != "fax" or draft.answers.get("way") == "fax") and (text := draft.text(key)):
            parts.append(f"（{label}{text}）")
    return "".join(parts) or None


def _assistance(answers: dict[str, Any]) -> str:
    words = [_HELP[key] for key in answers.get("help") or () if key in _HELP]
    if answers.get("help_words"):
        words.append(answers["help_words"])
    return "；".join(words)


def _hints(draft: Draft, trapped: bool) -> list[str]:
    hints = []
    if trapped:
        hints.append("填写了页面上不显示的栏目，可能由程序自动提交")
    if timezone.now() - draft.started_at < _TOO_QUICK:
        hints.append(f"从打开到提交不到{_TOO_QUICK.seconds}秒")
    return hints


def _empty(draft: Draft, case: Application, hints: list[str]) -> None:
    """What it held is the case's now."""
    for name in PERSONAL:
        setattr(draft, name, None)
    draft.answers, draft.hints, draft.application = {}, hints, case
    draft.save(update_fields=[*PERSONAL, "answers", "hints", "application", "changed_at"])
