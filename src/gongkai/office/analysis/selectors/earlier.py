"""The report of the year before: found by the body's name and the year, in the batch or among all uploads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from gongkai.office.analysis.models import Batch, Document, State

_Key = tuple[int, str, int]  # who uploaded (body), who reports (normalised), on which year


class Choice(NamedTuple):
    """The report of the year before, or none; ``remark``: what is to be said about it, in Chinese."""

    document: Document | None
    remark: str


def earlier_reports(documents: Sequence[Document]) -> dict[int, Choice]:
    """For each document that was read: with which it is to be compared. One query for all."""
    wanted = {_before(document) for document in documents} - {None}
    found: dict[_Key, list[Document]] = defaultdict(list)
    keys = {key[1] for key in wanted if key}
    bodies = {document.body_id for document in documents}
    candidates = Document.objects.filter(state=State.READ, body__in=bodies, agency_key__in=keys).select_related("batch")
    for candidate in candidates.order_by("-batch__at", "number"):
        if candidate.year is not None:
            found[candidate.body_id, candidate.agency_key, candidate.year].append(candidate)
    return {document.pk: _choose(document, found) for document in documents}


def _before(document: Document) -> _Key | None:
    """What the report of the year before is found by; None when name or year is not known."""
    if document.year is None or not document.agency_key:
        return None
    return document.body_id, document.agency_key, document.year - 1


def _choose(document: Document, found: dict[_Key, list[Document]]) -> Choice:
    key = _before(document)
    if key is None:
        lacking = "年度" if document.year is None else "机关名称"
        return Choice(None, f"本报告的{lacking}未能认定，未与上年度报告核对")
    candidates = found.get(key, [])
    year = key[2]
    if not candidates:
        return Choice(None, f"没有找到“{document.agency}”{year} 年度报告，未与上年度核对；补充上传后会自动核对")
    together = [candidate for candidate in candidates if candidate.batch_id == document.batch_id]
    if len(together) > 1 and len({(one.sha256, str(one.source)) for one in together}) > 1:
        return Choice(
            None, f"本批有 {len(together)} 份“{document.agency}”{year} 年度报告，不能确定用哪一份，未与上年度核对"
        )
    chosen = (together or candidates)[0]
    return Choice(chosen, f"已与上年度报告“{chosen.name}”核对")


def to_compare(batch: Batch) -> list[Document]:
    """The documents of a batch that were read, and earlier uploads whose year before the batch holds."""
    own = list(batch.documents.filter(state=State.READ).select_related("batch"))
    brought = {(document.agency_key, document.year) for document in own if document.agency_key}
    keys = {key for key, _ in brought}
    others = Document.objects.filter(state=State.READ, body=batch.body_id, agency_key__in=keys)
    others = others.filter(Q(previous=None) | Q(previous__batch=batch))
    following = [
        document
        for document in others.exclude(batch=batch).select_related("batch")
        if document.year is not None and (document.agency_key, document.year - 1) in brought
    ]
    return own + following
