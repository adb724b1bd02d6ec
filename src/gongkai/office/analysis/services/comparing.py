"""Checks that need another report: the year before, and the parts of a county's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from gongkai.office.analysis.apart.reader import Apart, ApartError
from gongkai.office.analysis.models import Document, Reading, State
from gongkai.office.analysis.selectors.earlier import Choice, earlier_reports
from gongkai.office.analysis.services.counting import count

MAX_PARTS = 500  # bodies of a county: ten times what there are
# What the comparison with parts needs of them.
_LEFT_OUT = {"text": "", "chapters": [], "preface": [], "signature": [], "claims": [], "notes": [], "tables": {}}


def compare(documents: Sequence[Document], apart: Apart) -> None:
    """Check documents that were read together with the reports that belong to them, and keep the result."""
    choices = earlier_reports(documents)
    parts = _parts(documents)
    for document in documents:
        choice = choices[document.pk]
        members, remark = parts.get(document.pk, ((), ""))
        remarks = [text for text in (choice.remark, remark) if text]
        if choice.document is None and not members and document.previous_id is None:
            Reading.objects.filter(document=document).exclude(remarks=remarks).update(remarks=remarks)
            continue
        _compare_one(document, choice, members, remarks, apart)


def _compare_one(
    document: Document, choice: Choice, members: Sequence[Document], remarks: list[str], apart: Apart
) -> None:
    question = {
        "report": _report(document),
        "previous": _report(choice.document) if choice.document else None,
        "parts": [{**_report(member), **_LEFT_OUT} for member in members],
    }
    try:
        findings = apart.ask("check", question)["findings"]
    except ApartError as error:
        Reading.objects.filter(document=document).update(remarks=[*remarks, f"未能与其他报告核对：{error}"])
        return
    with transaction.atomic():
        kept = Document.objects.select_for_update(no_key=True).filter(pk=document.pk, state=State.READ).first()
        if kept is None:
            return
        there = choice.document is not None and Document.objects.filter(pk=choice.document.pk).exists()
        kept.previous = choice.document if there else None
        count(kept, findings)
        kept.save()
        Reading.objects.filter(document=kept).update(findings=findings, remarks=remarks)


def _report(document: Document) -> dict[str, Any]:
    report: dict[str, Any] = Reading.objects.values_list("report", flat=True).get(document=document)
    return report


def _parts(documents: Iterable[Document]) -> dict[int, tuple[Sequence[Document], str]]:
    """For each county's report of a batch whose uploader said so: the reports of its parts, and what is to be said."""
    batches = {document.batch_id: document.batch for document in documents if document.batch.with_parts}
    read: dict[tuple[int, int | None], list[Document]] = defaultdict(list)
    failed: dict[int, int] = defaultdict(int)
    for document in Document.objects.filter(batch__in=batches):
        if document.state == State.READ:
            read[document.batch_id, document.year].append(document)
        else:
            failed[document.batch_id] += 1
    out: dict[int, tuple[Sequence[Document], str]] = {}
    for (batch_id, year), group in read.items():
        counties = [document for document in group if document.kind == "county_government"]
        members = [document for document in group if document.kind != "county_government"]
        for county in counties:
            out[county.pk] = _members(county, counties, members, failed[batch_id], year)
    return out


def _members(
    county: Document, counties: Sequence[Document], members: Sequence[Document], failed: int, year: int | None
) -> tuple[Sequence[Document], str]:
    if failed:
        # A sum that lacks a part is no fault of the report.
        return (), f"本批有 {failed} 份未能读取，未与各单位合计核对"
    if len(counties) > 1:
        return (), f"本批有 {len(counties)} 份 {year} 年度汇总报告，不能确定用哪一份，未与各单位合计核对"
    if not members or len(members) > MAX_PARTS:
        return (), f"本批有 {len(members)} 份所属单位的 {year} 年度报告，未与各单位合计核对"
    return members, f"已与本批 {len(members)} 份所属单位的报告合计核对"
