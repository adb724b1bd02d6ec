"""Tables of bodies, people and roles: tried out row by row, imported whole or not at all, by the verbs."""

from __future__ import annotations

import io
import secrets
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from office.bodies.county import County, acting
from office.bodies.test_pages import at, text
from office.workers import work
from python_calamine import CalamineWorkbook

from gongkai.office.acts.models import Act
from gongkai.office.acts.personal import rotation
from gongkai.office.acts.policy import SYSTEM
from gongkai.office.acts.selectors.work import works_of
from gongkai.office.acts.services import work as works
from gongkai.office.bodies.models import Alias, Body, Import, Person, RoleHolding
from gongkai.office.bodies.services.importing import uploads
from gongkai.office.bodies.services.importing.outcomes import RowOutcome, RowState
from gongkai.office.bodies.services.importing.running import run, try_out
from gongkai.office.bodies.services.importing.tables import read_tables
from gongkai.office.bodies.services.importing.template import template

TODAY = timezone.localdate()

Tables = dict[str, list[list[str]]]


def workbook(tables: Tables) -> bytes:
    """Sheets with their rows, the heads first."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in tables.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    book.close()
    return file.getvalue()


BODY_HEAD = ["全称", "种类", "上级机关", "简称", "别名", "次序"]
DEPARTMENT = "县级人民政府部门"
PEOPLE_HEAD = ["登录名", "姓名", "所在机关", "手机号码"]
ROLE_HEAD = ["登录名", "角色", "机关", "自", "至", "依据"]


def three_tables() -> Tables:
    return {
        "机关": [
            BODY_HEAD,
            ["青禾县统计局普查中心", "法律法规授权的组织", "青禾县统计局", "", "", "9"],
            ["青禾县统计局", DEPARTMENT, "青禾县人民政府", "统计局", "县统计局、统计", "8"],
        ],
        "人员": [PEOPLE_HEAD, ["wang", "王芳", "青禾县统计局", "13912345678"]],
        "角色": [ROLE_HEAD, ["wang", "承办人", "统计局", TODAY.isoformat(), "", "青统〔2026〕1号"]],
    }


def states(outcomes: list[RowOutcome]) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.number, one.state.value) for one in outcomes]


def test_rows_are_carried_out_by_the_verbs_in_an_order_that_works(county: County) -> None:
    rows = read_tables("表.xlsx", workbook(three_tables()))
    outcomes = run(SYSTEM, rows)
    assert states(outcomes) == [("bodies", 2, "new"), ("bodies", 3, "new"), ("people", 2, "new"), ("roles", 2, "new")]
    centre = Body.objects.get(name="青禾县统计局普查中心")
    assert centre.parent.name == "青禾县统计局"
    assert set(Alias.objects.values_list("name", flat=True)) == {"县统计局", "统计"}
    person = Person.objects.get(account="wang")
    assert person.mobile.reveal() == "13912345678"
    assert not person.has_usable_password()
    assert RoleHolding.objects.get(person=person).ground == "青统〔2026〕1号"
    made = Act.objects.filter(verb__in=["bodies.create_body", "bodies.create_person", "bodies.grant_role"])
    assert made.filter(thing_name__contains="统计局").count() == 3
    assert "13912345678" not in str(list(Act.objects.values_list("detail", flat=True)))


def test_the_same_table_again_changes_nothing_and_a_changed_cell_changes_that(county: County) -> None:
    tables = three_tables()
    run(SYSTEM, read_tables("表.xlsx", workbook(tables)))
    acts = Act.objects.count()
    again = run(SYSTEM, read_tables("表.xlsx", workbook(tables)))
    assert {one.state for one in again} == {RowState.SAME}
    assert Act.objects.count() == acts
    tables["机关"][1][2] = "青禾县人民政府"
    tables["人员"][1][3] = "13800000000"
    changed = run(SYSTEM, read_tables("表.xlsx", workbook(tables)))
    assert [one.notes for one in changed] == [[("上级机关", "更新")], [], [("手机号码", "更新")], []]


def test_a_trial_says_all_and_writes_nothing(county: County) -> None:
    before = (Body.objects.count(), Person.objects.count(), Act.objects.count())
    outcomes = try_out(SYSTEM, read_tables("表.xlsx", workbook(three_tables())))
    assert [one.state for one in outcomes] == [RowState.NEW] * 4
    assert (Body.objects.count(), Person.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize(
    ("sheet", "row", "heading", "sentence"),
    [
        ("机关", ["青禾县审计局", "局"], "种类", "“局”不在可选范围内"),
        ("机关", ["青禾县审计局", ""], "种类", "必须填写"),
        ("机关", ["青禾县审计局", DEPARTMENT, "没有的县"], "上级机关", "没有名为“没有的县”的机关"),
        ("机关", ["青禾县审计局", DEPARTMENT, "", "", "", "第一"], "次序", "不是整数"),
        ("机关", ["青禾县财政局", DEPARTMENT, "青禾县财政局"], "上级机关", "自身或其下级"),
        ("人员", ["王 芳", "王芳", "青禾县财政局"], "登录名", "登录名应为"),
        ("人员", ["wang", "王芳", "青禾县财政局", "139"], "手机号码", "11 位"),
        ("角色", ["nobody", "承办人", "青禾县财政局", "2099-01-01", "", "x"], "登录名", "没有登录名为“nobody”的人员"),
        ("角色", ["clerk", "承办人", "青禾县财政局", "2099-02-30", "", "x"], "自", "不是日期"),
        ("角色", ["clerk", "承办人", "青禾县财政局", "2099-01-01", "", "x"], "角色", "已有这一角色"),
        ("角色", ["system", "安全审计员", "青禾县财政局", "2099-01-01", "", "x"], "角色", "三个人分别担任"),
        ("角色", ["clerk", "审核人", "青禾县财政局", "2099-02-01", "2099-01-01", "x"], "至", "早于起始日期"),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_do(
    county: County, sheet: str, row: list[str], heading: str, sentence: str
) -> None:
    heads = {"机关": BODY_HEAD, "人员": PEOPLE_HEAD, "角色": ROLE_HEAD}
    (outcome,) = try_out(SYSTEM, read_tables("表.xlsx", workbook({sheet: [heads[sheet], row]})))
    assert outcome.state is RowState.WRONG
    ((found, said),) = outcome.notes
    assert found == heading
    assert sentence in said


def test_a_row_twice_is_wrong_and_so_is_a_body_under_anothers_code(county: County) -> None:
    rows = [BODY_HEAD, ["青禾县审计局", DEPARTMENT], ["青禾县审计局", DEPARTMENT]]
    outcomes = try_out(SYSTEM, read_tables("表.xlsx", workbook({"机关": rows})))
    assert outcomes[1].notes == [("整行", "与第2行重复，请删去一行")]
    Body.objects.filter(pk=county.bureau.pk).update(uscc="11341702486344515H")
    head = ["全称", "种类", "统一社会信用代码"]
    (other,) = try_out(
        SYSTEM, read_tables("表.csv", f"{','.join(head)}\n青禾县国资局,{DEPARTMENT},11341702486344515H\n".encode())
    )
    assert "属于青禾县财政局；如已更名" in other.notes[0][1]


def test_rights_of_the_person_hold_for_each_row(county: County) -> None:
    rows = read_tables("表.xlsx", workbook(three_tables()))
    by_system = try_out(acting(county.system), rows)
    assert [one.state for one in by_system[:3]] == [RowState.NEW] * 3
    assert by_system[3].notes == [("整行", "这项操作由安全保密管理员进行，您目前没有这个角色。")]
    by_security = try_out(acting(county.security), rows)
    assert "这项操作由系统管理员进行" in by_security[1].notes[0][1]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"no workbook", "打不开这个文件"),
        ("a.csv", b"\xff\xff\xff", "认不出文件的编码"),
        ("a.csv", b"x,y\n1,2\n", "没有认出可以导入的表"),
        ("a.csv", "全称,种类\n".encode(), "没有填写内容"),
        ("a.csv", "全称,种类,颜色\n甲,乙,红\n".encode(), "不认识的列：“颜色”"),
        ("a.csv", "登录名,姓名\nwang,王芳\n".encode(), "缺少必填的列：“所在机关”"),
        ("a.csv", "全称,种类,全称\n甲,乙,丙\n".encode(), "“全称”列出现了两次"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_tables(name, content)
    assert sentence in refusal.value.messages[0]


def test_csv_is_read_as_excel_in_chinese_writes_it() -> None:
    for encoding in ("gb18030", "utf-8-sig", "utf-8"):
        rows = read_tables("表.csv", "登录名*;姓名*;所在机关*\r\nwang;王芳;甲局\r\n".encode(encoding))
        assert rows[0].cells == {"account": "wang", "name": "王芳", "body": "甲局"}


def test_the_template_names_every_column_and_its_example_is_passed_over() -> None:
    content = template()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["说明", "机关", "人员", "角色"]
    with pytest.raises(ValidationError, match="没有填写内容"):
        read_tables("模板.xlsx", content)


def test_upload_trial_and_import_by_the_pages(county: County) -> None:
    client = at(county.system)
    tables = {key: rows for key, rows in three_tables().items() if key != "角色"}
    page = upload(client, tables)
    assert "试算结果" in page
    assert not Person.objects.filter(account="wang").exists()
    one = Import.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_rows FROM bodies_import")
        assert b"13912345678" not in bytes(cursor.fetchone()[0])
    assert at(county.security).get(reverse("bodies:import", args=[one.pk])).status_code == 404
    response = client.post(reverse("bodies:apply_import", args=[one.pk]), follow=True)
    assert "已全部导入" in text(response)
    assert Person.objects.filter(account="wang").exists()
    one.refresh_from_db()
    assert one.sealed_rows is None
    assert Act.objects.get(verb="bodies.apply_import").detail == {"新增": 3}
    assert client.post(reverse("bodies:apply_import", args=[one.pk])).status_code == 403
    assert "表中内容与系统完全一致" in upload(client, tables)


def test_nothing_is_imported_when_a_row_has_become_wrong(county: County) -> None:
    client = at(county.system)
    tables = {"人员": [PEOPLE_HEAD, ["wang", "王芳", "青禾县财政局"], ["li", "李强", "青禾县柳河镇人民政府"]]}
    upload(client, tables)
    Body.objects.filter(pk=county.township.pk).update(abolished_on=TODAY)
    one = Import.objects.get()
    page = text(client.post(reverse("bodies:apply_import", args=[one.pk]), follow=True))
    assert "一行也没有写入" in page
    assert not Person.objects.filter(account__in=["wang", "li"]).exists()
    assert Import.objects.get().state == Import.State.TRIED


@pytest.mark.django_db(transaction=True)
def test_a_long_table_is_tried_and_imported_by_jobs(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    client = at(county.system)
    tables = {key: rows for key, rows in three_tables().items() if key != "角色"}
    assert "等待处理" in upload(client, tables)
    one = Import.objects.get()
    work()
    assert "试算结果" in text(client.get(reverse("bodies:import", args=[one.pk])))
    for _ in range(2):
        client.post(reverse("bodies:apply_import", args=[one.pk]))
    assert "等待处理" in text(client.get(reverse("bodies:import", args=[one.pk])))
    work()
    works.carry_out(works_of(one)[uploads.APPLY].pk, uploads.apply_later)
    assert "已经全部导入" in text(client.get(reverse("bodies:import", args=[one.pk])))
    assert Person.objects.filter(account="wang").count() == 1
    assert Act.objects.filter(verb="bodies.apply_import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_long_table_in_which_a_row_has_become_wrong_is_not_imported(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    client = at(county.system)
    upload(client, {"人员": [PEOPLE_HEAD, ["wang", "王芳", "青禾县财政局"], ["li", "李强", "青禾县柳河镇人民政府"]]})
    work()
    Body.objects.filter(pk=county.township.pk).update(abolished_on=TODAY)
    one = Import.objects.get()
    client.post(reverse("bodies:apply_import", args=[one.pk]))
    work()
    assert "一行也没有写入" in text(client.get(reverse("bodies:import", args=[one.pk])))
    assert not Person.objects.filter(account__in=["wang", "li"]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_trial_that_is_stopped_is_told_and_another_upload_offered(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 1)
    client = at(county.system)
    upload(client, {"人员": [PEOPLE_HEAD, ["wang", "王芳", "青禾县财政局"], ["li", "李强", "青禾县财政局"]]})
    one = Import.objects.get()
    page = text(client.post(reverse("bodies:stop_import", args=[one.pk]), follow=True))
    assert "停止了这项工作" in page
    assert "重新上传" in page
    work()
    assert Import.objects.get().state == Import.State.UPLOADED


def test_uploaded_tables_are_sealed_anew_at_rotation_and_still_imported(
    county: County, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path  # files are sealed anew as well: those of this test
    client = at(county.system)
    upload(client, {"人员": [PEOPLE_HEAD, ["wang", "王芳", "青禾县财政局"]]})
    old, new = settings.DATA_KEYS, (secrets.token_bytes(32),)
    settings.DATA_KEYS = (*new, *old)
    rotation.rotate()
    settings.DATA_KEYS = new
    one = Import.objects.get()
    assert "已全部导入" in text(client.post(reverse("bodies:apply_import", args=[one.pk]), follow=True))


def test_the_command_imports_and_says_what_is_wrong(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook(three_tables()))
    call_command("import_bodies", str(path), dry_run=True)
    assert "新增4行，变更0行，无变化0行，错误0行。只是试算" in capsys.readouterr().out
    assert not Person.objects.filter(account="wang").exists()
    call_command("import_bodies", str(path))
    assert Person.objects.filter(account="wang").exists()
    path.write_bytes(workbook({"人员": [PEOPLE_HEAD, ["li", "李强", "没有的局"]]}))
    with pytest.raises(CommandError, match="错误1行。有错误的行，一行也没有写入"):
        call_command("import_bodies", str(path))
    assert "人员第2行 错误 李强 li（所在机关：没有名为“没有的局”的机关" in capsys.readouterr().out
    call_command("import_bodies", template=tmp_path / "模板.xlsx")
    assert (tmp_path / "模板.xlsx").stat().st_size > 5000
    with pytest.raises(CommandError, match="打不开文件"):
        call_command("import_bodies", str(tmp_path / "无.xlsx"))


def test_a_thousand_rows_are_quick(county: County) -> None:
    people = [[f"p{n}", f"人{n}", "青禾县财政局", f"139{n:08d}"] for n in range(1000)]
    rows = read_tables("表.xlsx", workbook({"人员": [PEOPLE_HEAD, *people]}))
    begin = perf_counter()
    outcomes = try_out(SYSTEM, rows)
    took = perf_counter() - begin
    print(f"1000 rows tried out in {took:.1f} s")
    assert {one.state for one in outcomes} == {RowState.NEW}
    assert took < 30  # a stuck query or an index that is missed, not the speed of the machine


def upload(client: Client, tables: Tables) -> str:
    file = io.BytesIO(workbook(tables))
    file.name = "表.xlsx"
    return text(client.post(reverse("bodies:imports"), {"file": file}, follow=True))
