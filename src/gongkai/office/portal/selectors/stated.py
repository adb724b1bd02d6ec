"""What a draft says so far, as its owner checks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.office.applications.choices import IdentityKind
from gongkai.office.applications.selectors.content import AUTHORISATION, IDENTITY_PAPER
from gongkai.office.portal.forms.steps import FORMS_IN_WORDS, HELP, KINDS_IN_WORDS, WAYS_IN_WORDS, is_person
from gongkai.office.portal.models import Draft
from gongkai.office.portal.steps import BY_SLUG, Step


@dataclass(frozen=True, slots=True)
class Stated:
    """``lines``: (label, answer); an empty answer is left out, but where it is required."""

    step: Step
    lines: list[tuple[str, str]]


def answers_of(draft: Draft) -> list[Stated]:
    """In the order of the pages."""
    answers = draft.answers

    def said(words: dict, key: str) -> str:  # type: ignore[type-arg]
        return str(words.get(answers.get(key), ""))

    person = is_person(answers)
    lines: dict[str, list[tuple[str, str]]] = {
        "body": [("受理机关", draft.body.name if draft.body else "")],
        "kind": [("申请人类别", said(KINDS_IN_WORDS, "applicant_kind"))],
        "wanted": [
            ("需要的信息", draft.text("description")),
            *_given(("文号", draft.text("document_number")), ("用途", draft.text("purpose"))),
        ],
        "provide": [("信息的形式", said(FORMS_IN_WORDS, "form")), ("取得的方式", said(WAYS_IN_WORDS, "way"))],
        "name": [
            ("姓名" if person else "单位名称", draft.text("applicant_name")),
            *_given(
                ("法定代表人或者负责人", "" if person else draft.text("representative")),
                ("共同申请人", draft.text("joint_applicants") if person else ""),
                ("代理人", draft.text("agent")),
            ),
        ],
        "identity": [
            ("身份证明", dict(IdentityKind.choices).get(answers.get("identity_kind"), "")),  # type: ignore[arg-type]
            *_given(("证件号码", draft.identity_number.mask if draft.identity_number else "")),
        ],
        "contact": [
            ("联系电话", draft.text("phone")),
            *_given(
                ("通信地址", draft.text("address")),
                ("邮政编码", draft.text("postcode")),
                ("电子邮箱", draft.text("email")),
                ("传真号码", draft.text("fax") if answers.get("way") == "fax" else ""),
            ),
        ],
        "help": [("需要的帮助", "；".join(_help(draft)) or "不需要")],
    }
    return [Stated(BY_SLUG[slug], found) for slug, found in lines.items()]


def papers_to_bring(draft: Draft, labels: Iterable[str]) -> list[str]:
    """Sentences on what the answers call for and is not among ``labels``; nothing is held up, for it may follow."""
    found, there = [], set(labels)
    if draft.answers.get("identity_kind") == IdentityKind.OTHER and IDENTITY_PAPER not in there:
        found.append(
            f"您选择了“其他证明”，还没有上传{IDENTITY_PAPER}。没有{IDENTITY_PAPER}的，机关会请您补正，答复会晚一些。"
        )
    if draft.agent and AUTHORISATION not in there:
        found.append(f"您填写了代理人，还没有上传{AUTHORISATION}。")
    return found


def _given(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    return [line for line in lines if line[1]]


def _help(draft: Draft) -> list[str]:
    words = [HELP[key] for key in draft.answers.get("help") or () if key in HELP]
    return [*words, *([draft.answers["help_words"]] if draft.answers.get("help_words") else [])]
