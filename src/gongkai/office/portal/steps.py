"""The pages of an application, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.office.portal.forms import steps as forms
from gongkai.office.portal.forms.bodies import BodyForm
from gongkai.office.portal.forms.step import StepForm
from gongkai.office.portal.models import Draft


@dataclass(frozen=True, slots=True)
class Step:
    """``slug``: in the address. ``hint``: a sentence under the heading, in plain words."""

    slug: str
    title: str
    form: type[StepForm]
    hint: str = ""


STEPS = (
    Step("body", "向哪个机关申请", BodyForm, "信息由谁制作，就向谁申请；从公民、企业取得的，向保存它的机关申请。"),
    Step("kind", "谁提出申请", forms.KindForm, "公民、法人和其他组织都可以申请，不限户籍。"),
    Step("wanted", "需要什么信息", forms.WantedForm),
    Step("provide", "怎样提供给您", forms.ProvideForm, "机关按您的要求提供；不能按要求的，会用其他合适的形式。"),
    Step("name", "申请人是谁", forms.NameForm),
    Step("identity", "身份证明", forms.IdentityForm, "法律要求申请人提供身份证明。"),
    Step("contact", "怎样联系您", forms.ContactForm),
    Step("help", "是否需要帮助", forms.HelpForm, "阅读、视听、书写有困难的，机关应当提供必要的帮助。"),
)
BY_SLUG = {step.slug: step for step in STEPS}


def number_of(step: Step) -> int:
    """From 1."""
    return STEPS.index(step) + 1


def after(step: Step) -> Step | None:
    """The next one; ``None`` after the last."""
    place = number_of(step)
    return STEPS[place] if place < len(STEPS) else None


def before(step: Step) -> Step | None:
    """The one before; ``None`` before the first."""
    place = number_of(step) - 2
    return STEPS[place] if place >= 0 else None


def missing(draft: Draft) -> list[tuple[Step, list[str]]]:
    """What an application still lacks, or what no longer fits another answer: step → sentences."""
    found = []
    for step in STEPS:
        form = step.form.filled(draft)
        if not form.is_valid():
            sentences = [
                f"{form.fields[name].label}：{error}" for name, errors in form.errors.items() for error in errors
            ]
            found.append((step, sentences))
    return found
