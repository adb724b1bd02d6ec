"""What a form says to the eye and to a screen reader, whichever form it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from office.look.conftest import Ask
from selectolax.lexbor import LexborHTMLParser as Parser

from gongkai.office.look.components import Fact
from gongkai.office.look.forms import Fieldset, ReasonForm, confirm_page, form_page
from gongkai.office.look.patterns.forms import SampleForm

WRONG = {
    "name": "张敏<b>",
    "kind": "9",
    "born": "2024-02-30",
    "pages": "0",
    "text": "  ",
    "ways": ["fly"],
    "reason": "x",
}


def filled(**changes: Any) -> Parser:
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in {**WRONG, **changes}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return Parser(SampleForm(data).render())


def one(page: Parser, selector: str) -> Any:
    found = page.css(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


@pytest.mark.parametrize("name", ["kind", "born", "pages", "text"])
def test_an_error_stands_beside_its_field_and_is_tied_to_it(name: str) -> None:
    page = filled()
    field = one(page, f"[name={name}]")
    assert field.attributes["aria-invalid"] == "true"
    assert f"id_{name}_error" in field.attributes["aria-describedby"].split()
    error = one(page, f"#id_{name}_error")
    assert error.text(strip=True)
    assert error.parent.css_matches(f".look-field:has([name={name}])")


@pytest.mark.parametrize("name", ["ways", "carrier"])
def test_an_error_of_several_boxes_is_tied_to_their_group(name: str) -> None:
    group = one(filled(), f"fieldset.look-field:has([name={name}])")
    assert f"id_{name}_error" in group.attributes["aria-describedby"].split()
    assert group.css_first(f"#id_{name}_error").text(strip=True)


def test_the_summary_leads_to_every_wrong_field() -> None:
    page = filled()
    links = [link.attributes["href"] for link in page.css(".look-summary a")]
    assert links == ["#id_kind", "#id_born", "#id_pages", "#id_ways", "#id_carrier", "#id_text"]
    assert [link for link in links if not page.css(link)] == []


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    page = filled(name="张敏", kind="2")
    assert "姓名与申请人类别不符" in one(page, ".look-summary").text()


def test_what_was_typed_is_kept_and_escaped() -> None:
    page = filled(text="一\n二", carrier="e", ways=["mail", "net"], kind="2")
    assert one(page, "[name=name]").attributes["value"] == "张敏<b>"
    assert one(page, "[name=pages]").attributes["value"] == "0"
    assert one(page, "[name=text]").text(strip=True) == "一\n二"
    assert one(page, "[name=carrier][checked]").attributes["value"] == "e"
    assert [box.attributes["value"] for box in page.css("[name=ways][checked]")] == ["mail", "net"]
    assert one(page, "[name=kind] [selected]").attributes["value"] == "2"


def test_a_form_that_nobody_sent_shows_no_errors() -> None:
    page = Parser(SampleForm(initial={"name": "李立新"}).render())
    assert page.css(".look-summary, .look-error, [aria-invalid]") == []


def test_help_is_tied_to_its_field_and_required_is_said_in_words() -> None:
    page = Parser(SampleForm().render())
    phone = one(page, "[name=phone]")
    assert phone.attributes["aria-describedby"] == "id_phone_helptext"
    assert one(page, "#id_phone_helptext").text() == "手机或座机"
    assert "必填" in one(page, "label[for=id_name]").text()
    assert "必填" not in one(page, "label[for=id_phone]").text()


def test_every_input_has_a_label() -> None:
    page = Parser(SampleForm().render())
    labelled = {label.attributes["for"] for label in page.css("label[for]")}
    within = {node.attributes["id"] for node in page.css("label input")}
    inputs = {node.attributes["id"] for node in page.css("input, select, textarea")}
    assert len(inputs) > 12
    assert inputs - labelled - within == set()


@pytest.mark.parametrize(
    ("field", "value", "kind", "shown"),
    [
        (forms.DateField(), date(2024, 1, 26), "date", "2024-01-26"),
        (forms.DateTimeField(), datetime(2024, 1, 26, 15, 4), "datetime-local", "2024-01-26T15:04"),
        (forms.CharField(), "x", "text", "x"),
    ],
)
def test_days_and_times_are_the_browsers_own_inputs(field: forms.Field, value: Any, kind: str, shown: str) -> None:
    form = type("Form", (forms.Form,), {"when": field})(initial={"when": value})
    node = one(Parser(form.render()), "[name=when]")
    assert (node.attributes["type"], node.attributes["value"]) == (kind, shown)


def test_what_a_browser_sends_for_a_day_is_read() -> None:
    form = type("Form", (forms.Form,), {"day": forms.DateField(), "at": forms.DateTimeField()})(
        {"day": "2024-01-26", "at": "2024-01-26T15:04"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 1, 26)
    assert f"{form.cleaned_data['at']:%Y-%m-%d %H:%M}" == "2024-01-26 15:04"


def test_a_widget_with_a_format_of_its_own_keeps_it() -> None:
    field = forms.DateField(widget=forms.DateInput(format="%Y年%m月%d日"))
    form = type("Form", (forms.Form,), {"when": field})(initial={"when": date(2024, 1, 26)})
    assert one(Parser(form.render()), "[name=when]").attributes["value"] == "2024年01月26日"


def test_a_chosen_file_is_asked_for_again_after_an_error() -> None:
    form = SampleForm(WRONG, {"file": SimpleUploadedFile("证明.pdf", b"%PDF")})
    assert "请重新选择文件" in form.render()
    assert "请重新选择文件" not in SampleForm(WRONG).render()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (forms.CharField(), "请填写此项"),
        (forms.IntegerField(), "请填写此项"),
        (forms.ChoiceField(), "请选择"),
        (forms.MultipleChoiceField(), "请选择"),
        (forms.FileField(), "请选择文件"),
        (forms.DateField(), "请填写日期"),
        (forms.CharField(error_messages={"required": "请写明理由"}), "请写明理由"),
    ],
)
def test_a_field_left_blank_is_asked_for_in_plain_words(field: forms.Field, words: str) -> None:
    form = type("Form", (forms.Form,), {"it": field})({})
    assert form.errors["it"] == [words]


def test_fields_stand_in_their_groups_and_the_rest_follows() -> None:
    page = Parser(SampleForm().render())
    assert [legend.text() for legend in page.css("fieldset.look-fieldset > legend")] == ["申请人", "申请内容"]
    assert one(page, "fieldset.look-fieldset:has([name=born]) > legend").text() == "申请人"
    assert page.css("fieldset.look-fieldset [name=reason]") == []
    assert len(page.css("[name=reason]")) == 1


def test_a_group_names_only_fields_that_the_form_has() -> None:
    class Form(forms.Form):
        name = forms.CharField()
        fieldsets = (Fieldset("甲", ["nam"]),)

    with pytest.raises(KeyError, match="nam"):
        Form().render()


def test_a_field_taken_away_for_a_person_leaves_its_group_standing() -> None:
    form = SampleForm()
    del form.fields["phone"]
    page = Parser(form.render())
    assert page.css("[name=phone]") == []
    assert len(page.css("[name=born]")) == 1


def test_a_form_page_names_its_act_and_has_a_way_back(ask: Ask) -> None:
    page = Parser(form_page(ask(), SampleForm(), title="登记申请", submit="登记", cancel="/back/").content.decode())
    form = one(page, "main form")
    assert form.attributes["enctype"] == "multipart/form-data"
    assert "novalidate" in form.attributes
    assert one(page, "main form button[type=submit]").text() == "登记"
    assert one(page, "main form a.btn").attributes["href"] == "/back/"
    assert one(page, "main form [name=csrfmiddlewaretoken]").attributes["value"]


def test_a_dangerous_act_is_asked_about_and_wants_a_reason(ask: Ask) -> None:
    response = confirm_page(
        ask(post={"reason": "  "}),
        title="注销机构",
        question="确定注销吗？",
        submit="注销机构",
        cancel="/back/",
        form=ReasonForm({"reason": "  "}),
        facts=[Fact("机构", "西桥街道办事处")],
    )
    page = Parser(response.content.decode())
    assert "确定注销吗" in one(page, "main form").text()
    assert one(page, "main form button.btn-danger").text() == "注销机构"
    assert one(page, "#id_reason_error").text(strip=True) == "请写明理由"
    assert one(page, "dd").text(strip=True) == "西桥街道办事处"
