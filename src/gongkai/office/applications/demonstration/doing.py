"""The acts of the plan, done: each step by the person of the body who has the role, through the services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.office.acts.models import Act
from gongkai.office.acts.policy import Actor
from gongkai.office.applications.demonstration.tale import OVERRULED, Step
from gongkai.office.applications.letters import Party
from gongkai.office.applications.models import Application, Letter
from gongkai.office.applications.selectors.consultations import objected
from gongkai.office.applications.selectors.decisions import proved
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import find, signed_reply, start
from gongkai.office.applications.services.agreeing import agree_extension
from gongkai.office.applications.services.assigning import assign
from gongkai.office.applications.services.deciding import approve, decide
from gongkai.office.applications.services.duplicates import link_duplicate
from gongkai.office.applications.services.lettering import write_letter
from gongkai.office.applications.services.posting import record_service, send_letter
from gongkai.office.applications.services.proceeding import Particulars, proceed
from gongkai.office.applications.services.registering import register
from gongkai.office.bodies.models import Body, Person, RoleHolding
from gongkai.office.bodies.roles import Role
from gongkai.statute.outcomes import NEEDS

GROUND = "演示数据（申请）"
_HARM = {
    "harm": "公开报价、成本等资料会使其在竞争中处于不利地位",
    "interest": "不公开不会对公共利益造成重大影响",
    "result": "涉及第三方合法权益的内容不予公开",
}
_INTEREST = {**_HARM, "interest": OVERRULED, "result": "予以公开，并书面告知第三方"}


@dataclass(slots=True)
class Office:
    """Who does what in each body, and the case that stands for each of the plan.

    ``bodies``: by case of the plan. ``cases``: key of the case in the database by case of the plan.
    """

    bodies: Mapping[int, Body]
    cases: dict[int, int]
    _people: dict[tuple[int, Role], Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        held = RoleHolding.objects.filter(valid_to=None).select_related("person").order_by("-pk")
        self._people = {(row.body_id, Role(row.role)): row.person for row in held}

    def person(self, body: Body, role: Role) -> Person:
        return self._people[body.pk, role]

    def case(self, number: int) -> Application:
        found: Application = Application.objects.get(pk=self.cases[number])
        return found

    def do(self, step: Step) -> None:
        """Raises ``Refused`` where the plan is not lawful."""
        body = self.bodies[step.case]
        actor = Actor(self.person(body, step.role))
        if step.verb == "register":
            made = register(actor, body, arrived_on=step.on, ground=GROUND, **step.known)
            self.cases[step.case] = made.pk
            return
        # By its key alone: each verb reads and locks the case anew.
        case = Application(pk=self.cases[step.case])
        if step.verb in DOING:
            DOING[step.verb](self, actor, case, step)
            return
        told = step.verb == "extend" or step.known.get("until") is not None
        known = Particulars(on=step.on, head_agreed=told, applicant_told=told, **step.known)
        proceed(actor, case, step.verb, known, ground=GROUND)


def _assign(office: Office, actor: Actor, case: Application, step: Step) -> None:
    assign(actor, case, to=office.person(office.bodies[step.case], Role.HANDLER), ground=GROUND)


def _decide(office: Office, actor: Actor, case: Application, step: Step) -> None:
    words, outcome = step.known["words"], step.known["outcome"]
    events = list(case.events.all())
    records: dict[str, Any] = proved(events)
    if objected(events):
        records["harm_test"] = _INTEREST if step.known["overruled"] else _HARM
    if "responsible_body" in words:
        records["responsible_body"] = {"body": words["responsible_body"], "contact": words["responsible_contact"]}
    if outcome == "unavailable_does_not_exist":
        people = f"{actor.name}、{office.person(office.bodies[step.case], Role.REGISTRAR).name}"
        systems = "协同办公系统、档案室目录、业务系统"
        records["search_record"] = {
            "systems": systems,
            "words": step.known["sought"],
            "people": people,
            "on": step.on.isoformat(),
        }
    if "grounds" in words:
        records["grounds_of_refused_parts"] = {"text": words["grounds"], "counts": {}}
    if step.known["earlier"] is not None:
        first = office.case(step.known["earlier"])
        name = f"{first}，{first.replied_on}答复，{first.decision.number}"
        records["earlier_case"] = {"case": first.pk, "name": name}
    records |= {key: words[key] for key in NEEDS if key in words and key not in records}
    content = words.get("content", "")
    decide(actor, case, outcome_code=outcome, reason=words["reason"], content=content, records=records, ground=GROUND)


def _approve(office: Office, actor: Actor, case: Application, step: Step) -> None:
    approve(actor, case, ground=GROUND, **step.known)


def _agree(office: Office, actor: Actor, case: Application, step: Step) -> None:
    agree_extension(actor, case, ground=GROUND, **step.known)


def _write(office: Office, actor: Actor, case: Application, step: Step) -> None:
    """As whoever opens its form and finds everything there, but for what the plan tells."""
    case, kind = office.case(step.case), step.known["kind"]
    events = list(case.events.all())
    chosen = find(case, events, kind, 0, step.on)
    assert chosen is not None
    begun = start(case, events, chosen, step.on)
    values = {field.key: begun.values.get(field.key) for field in begun.ask} | step.known["values"]
    to = (Party(begun.party, natural=False),) if begun.party else ()
    event = chosen.event.pk if chosen.event else 0
    write_letter(actor, case, kind=kind, content=Content(values, to), event=event, ground=GROUND)


def _send(office: Office, actor: Actor, case: Application, step: Step) -> None:
    send_letter(actor, _letter(case, step), way=step.known["way"], on=step.on, ground=GROUND)


def _serve(office: Office, actor: Actor, case: Application, step: Step) -> None:
    proofs = {"post": f"挂号信XA{case.pk:09d}清", "collect": "本人签收"}
    proof = proofs.get(step.known["way"], "平台送达记录")
    record_service(actor, _letter(case, step), on=step.on, proof=proof, ground=GROUND)


def _letter(case: Application, step: Step) -> Letter:
    """That of the step: of a kind the newest, else the reply."""
    kind = step.known.get("kind")
    found = case.letters.filter(kind=kind).order_by("pk").last() if kind else signed_reply(case)
    assert found is not None
    return found


def _link(office: Office, actor: Actor, case: Application, step: Step) -> None:
    link_duplicate(actor, case, earlier=office.case(step.known["earlier"]), ground=GROUND)


DOING: dict[str, Callable[[Office, Actor, Application, Step], None]] = {
    "assign": _assign,
    "decide": _decide,
    "approve": _approve,
    "agree_extension": _agree,
    "write_letter": _write,
    "send_letter": _send,
    "serve_letter": _serve,
    "send_reply": _send,
    "serve_reply": _serve,
    "link_duplicate": _link,
}


def done_before() -> int:
    """How many steps stand in the log already: each step is one act with this ground."""
    return Act.objects.filter(ground=GROUND).count()


class PlanChangedError(Exception):
    """What was begun is not the beginning of this plan: another version of the program planned it."""


def cases_before(steps: list[Step], bodies: Mapping[int, Body]) -> dict[int, int]:
    """Case of the plan → its key, for ``steps`` that are done already. Raises ``PlanChangedError``."""
    registered = [step for step in steps if step.verb == "register"]
    acts = Act.objects.filter(ground=GROUND, verb="applications.submitted").order_by("pk")
    keys = [int(key) for key in acts.values_list("thing_id", flat=True)]
    made = Application.objects.in_bulk(keys)
    planned = [(bodies[step.case].pk, step.on, step.known["channel"]) for step in registered]
    if planned != [(made[key].body_id, made[key].arrived_on, made[key].channel) for key in keys]:
        raise PlanChangedError
    return {step.case: key for step, key in zip(registered, keys, strict=True)}
