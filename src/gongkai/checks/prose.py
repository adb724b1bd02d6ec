"""The narrative against the tables: X1 (figures) and X5 (denials)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from gongkai.checks.findings import ERROR, WARNING, Fault, Unread
from gongkai.checks.headers import ZEROS
from gongkai.checks.registry import Case, reading
from gongkai.checks.scope import is_own
from gongkai.figures import Place
from gongkai.report import load_form
from gongkai.report.model import COUNT, DENIAL, VALUE_UNPLACED, Claim

SOURCE = "条例 第五十条"
RECEIVED, CARRIED_IN = "applications.received.total", "applications.carried_in.total"
_GROUPS = {"denied": "不予公开", "unavailable": "无法提供", "not_processed": "不予处理", "other": "其他处理"}
_SUITS = ("direct_litigation", "litigation_after_reconsideration")
_LEGAL_ENTITIES = "法人或其他组织"
_MENTIONED = re.compile("复议|诉讼|起诉")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．][^。，；]{0,30}")


@cache
def members(form: str, key: str) -> tuple[str, ...]:
    """The cells whose sum a claim states (one for a plain cell); empty when the form has no such cells."""
    table_key, row, column = key.split(".")
    table = load_form(form).tables[table_key]
    if column == "legal_entities":
        columns = [c.key for c in table.columns.values() if c.parent == _LEGAL_ENTITIES]
        return tuple(f"{table_key}.{row}.{c}" for c in columns)
    if row == "litigation":
        return tuple(f"{table_key}.{suit}.{column}" for suit in _SUITS)
    rows = [row] if row in table.rows else [r.key for r in table.rows.values() if r.group == _GROUPS.get(row)]
    return tuple(f"{table_key}.{r}.{column}" for r in rows if column in table.rows[r].columns)


def _figures(case: Case, claim: Claim) -> tuple[str, ...]:
    """The cells a claim must equal; empty when it is not about this body's form."""
    if claim.cell is None or "." not in claim.cell or case.form is None or not is_own(claim, case.report):
        return ()
    cells = members(case.form.name, claim.cell)
    return tuple(c for c in cells if c.split(".")[1] not in case.merged) if len(cells) > 1 else cells


@cache
def _cells(form: str, table: str) -> tuple[str, ...]:
    return load_form(form).tables[table].cells


def _left_to_x5(case: Case, cells: tuple[str, ...]) -> bool:
    """Every cell of the table is read and 0: that the prose states cases at all is X5's to report."""
    table = cells[0].partition(".")[0]
    if table == "proactive" or case.form is None:
        return False
    return not any(case.values[cell] != 0 for cell in _cells(case.form.name, table))


def agrees(claim: Claim, value: int | Decimal) -> bool:
    """Whether ``value`` (the table's) is what the claim says, at the precision it is printed with."""
    exact = Decimal(value) * (10_000 if claim.unit == "元" else 1)
    return claim.value in (exact, exact.quantize(Decimal(1).scaleb(-claim.places), ROUND_HALF_UP))


def _explained(case: Case, claim: Claim, value: int | Decimal) -> bool:
    """The words leave open whether the cases carried over are counted in."""
    carried = case.values[CARRIED_IN]
    if not str(claim.cell).startswith("applications.") or carried == 0 or "新收" in claim.subject:
        return False
    if carried is None:
        return True
    row, more = str(claim.cell).split(".")[1], claim.value - value
    if claim.cell == RECEIVED:
        return more == carried
    if row == "received":
        return 0 <= more <= carried
    # What became of them is counted with those carried over: without them it can only be less.
    return row not in ("carried_in", "carried_out") and -carried <= more <= 0


def _where(case: Case, claim: Claim, cells: tuple[str, ...]) -> tuple[Place, ...]:
    figures = (case.report.figures.get(cell) for cell in cells)
    return (claim.place, *(f.place for f in figures if f is not None and f.place is not None))


@reading(
    name="prose-contradicts-table",
    id="X1",
    title="正文数字与表格不一致",
    severity=ERROR,
    source=SOURCE,
)
def prose_contradicts_table(case: Case) -> Iterator[Fault | Unread]:
    """正文中明确指向表格某格的数字（如收到政府信息公开申请的件数）应与该格相等。所指不明、口径不同（其他机关、其他
    年度、历年累计）或写作约数的，不作比较；收到数是否含上年结转，正文未写明时两种都算相符。"""
    for claim in case.report.claims:
        cells = _figures(case, claim) if claim.role == COUNT and not claim.approximate else ()
        if not cells:
            continue
        read = [value for cell in cells if (value := case.values[cell]) is not None]
        if len(read) < len(cells):
            yield Unread(f"未能核对正文“{_words(claim)}”：表中的数字未读到", cells)
        elif not (agrees(claim, total := sum(read)) or _explained(case, claim, total) or _left_to_x5(case, cells)):
            assert case.form is not None
            label = "、".join(case.form.cell_name(cell) for cell in cells[:2]) + ("等" if len(cells) > 2 else "")
            message = f"正文称“{_words(claim)}”，表格中{label}为 {total}"
            yield Fault(message, _where(case, claim, cells), str(total), str(claim.value), cells=cells)


def _words(claim: Claim) -> str:
    return claim.subject + claim.printed if claim.role == COUNT else claim.printed


@reading(
    name="prose-denies-cases",
    id="X5",
    title="正文称没有，而表格有数（或相反）",
    severity=ERROR,
    source=SOURCE,
)
def prose_denies_cases(case: Case) -> Iterator[Fault | Unread]:
    """正文称没有收到申请、没有行政复议和行政诉讼的，表格相应各格应为 0；正文写有件数的，表格不应全部为 0。复议、诉讼
    表中有非零数字不能定位，而正文称没有或只字未提的，提示核实。"""
    for claim in case.report.claims:
        if claim.role == DENIAL and case.form and is_own(claim, case.report):
            yield from _denied(case, claim)
        elif claim.role == COUNT and claim.value and (cells := _figures(case, claim)) and _left_to_x5(case, cells):
            message = f"正文称“{_words(claim)}”，而表格全部为 0"
            yield Fault(message, _where(case, claim, cells), "0", str(claim.value), cells=cells)
    yield from _unplaced(case)


def _denied(case: Case, claim: Claim) -> Iterator[Fault | Unread]:
    assert case.form is not None
    cells = _denied_cells(case.form.name, claim.cell, claim.subject)
    stated = {cell: value for cell in cells if (value := case.values[cell])}
    if stated:
        shown = [cell for cell in stated if cell.endswith(".total")] or list(stated)
        said = "，".join(f"{case.form.cell_name(cell)}为 {stated[cell]}" for cell in shown)
        yield Fault(
            f"正文称“{_words(claim)}”，而表格中{said}", _where(case, claim, tuple(shown)), "0", cells=tuple(shown)
        )
    elif claim.cell == RECEIVED and case.values[RECEIVED] is None:
        yield Unread("未能核对正文“没有收到申请”：表中新收总计未读到", (RECEIVED,))
    elif claim.cell == "remedies" and not case.read and None in map(case.values.get, cells) and not _loose(case):
        unread = tuple(cell for cell in cells if case.values[cell] is None)
        yield Unread("未能核对正文“没有复议、诉讼”：表中有数字未读到", unread)


@lru_cache(maxsize=64)
def _denied_cells(form_name: str, cell: str | None, subject: str) -> tuple[str, ...]:
    """The cells that must be 0 when a claim denies ``cell``, or the cases that ``subject`` names."""
    tables = load_form(form_name).tables
    if cell == RECEIVED:
        return tuple(f"applications.received.{column}" for column in tables["applications"].rows["received"].columns)
    rows = [*(["reconsideration"] if "复议" in subject else []), *(_SUITS if "诉讼" in subject else [])]
    return tuple(cell for cell in tables["remedies"].cells if cell.split(".")[1] in rows)


def _loose(case: Case) -> list[tuple[str, Place | None]]:
    """Numbers in the table of remedies that are not 0 and belong to no certain cell."""
    notes = (n for n in case.report.notes if n.kind == VALUE_UNPLACED and n.table == "remedies")
    return [(n.printed or "", n.place) for n in notes if (n.printed or "").strip() not in ZEROS]


def _unplaced(case: Case) -> Iterator[Fault]:
    loose = _loose(case)
    if not loose:
        return
    denied = any(c.role == DENIAL and c.cell == "remedies" and is_own(c, case.report) for c in case.report.claims)
    texts = (p.text for chapter in case.report.chapters for p in chapter.paragraphs)
    if denied or not any(_MENTIONED.search(text) for text in texts if not _HEADING.fullmatch(text.strip())):
        numbers = "、".join(printed.strip() for printed, _ in loose)
        said = "正文称没有复议、诉讼" if denied else "正文没有提到复议、诉讼"
        where = tuple(place for _, place in loose if place is not None)
        yield Fault(f"复议、诉讼表中有数字（{numbers}）不能确定属于哪一格，而{said}，请核实", where, severity=WARNING)
