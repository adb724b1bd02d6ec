"""Report ⇄ JSON, lossless. The layout is ``docs/report-json.md``; ``SCHEMA`` changes when its meaning does.

``tables`` holds the plain values for people and programs; ``printed`` holds, for each cell, what stands in the document
and where. Amounts with decimals are JSON numbers in ``tables`` and exact strings in ``printed``.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.figures import Figure, Place
from gongkai.report.model import Chapter, Claim, Note, Paragraph, Report

SCHEMA = "gongkai/report/1"
_NOTE = tuple(field.name for field in fields(Note))


def number(value: int | Decimal | None) -> int | float | None:
    """A value as a JSON number: amounts are small enough (15 digits) for a float to print as it was."""
    return float(value) if isinstance(value, Decimal) else value


def tables(report: Report) -> dict[str, dict[str, dict[str, int | float | None]]]:
    """Values nested as table → row → column, ``None`` for unread."""
    out: dict[str, dict[str, dict[str, int | float | None]]] = {"proactive": {}, "applications": {}, "remedies": {}}
    for cell, value in report.values.items():
        table, row, column = cell.split(".")
        out[table].setdefault(row, {})[column] = number(value)
    return out


def place_to_json(place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {"start": place.start, "end": place.end}
    if place.page is not None:
        out["page"] = place.page
    if place.box is not None:
        out["box"] = list(place.box)
    return out


def place_from_json(raw: dict[str, Any]) -> Place:
    box = raw.get("box")
    return Place(raw["start"], raw["end"], raw.get("page"), tuple(box) if box else None)


def _place(raw: dict[str, Any] | None) -> Place | None:
    return None if raw is None else place_from_json(raw)


def _exact(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _value(raw: int | str | None) -> int | Decimal | None:
    return Decimal(raw) if isinstance(raw, str) else raw


def _figure_to_json(figure: Figure) -> dict[str, Any]:
    out: dict[str, Any] = {"value": _exact(figure.value)}
    if figure.printed is not None:
        out["printed"] = figure.printed
    if figure.place is not None:
        out["where"] = place_to_json(figure.place)
    if figure.reason is not None:
        out["reason"] = figure.reason
    if figure.parts:
        out["parts"] = list(figure.parts)
    return out


def _figure(raw: dict[str, Any]) -> Figure:
    return Figure(
        _value(raw["value"]),
        raw.get("printed"),
        _place(raw.get("where")),
        raw.get("reason"),
        tuple(raw.get("parts", ())),
    )


def _paragraphs(raw: list[list[Any]]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(*p) for p in raw)


def _chapter_to_json(chapter: Chapter) -> dict[str, Any]:
    return {
        "key": chapter.key,
        "number": chapter.number,
        "title": chapter.title,
        "text": chapter.text,
        "heading": list(chapter.heading),
        "paragraphs": [list(p) for p in chapter.paragraphs],
    }


def _chapter(raw: dict[str, Any]) -> Chapter:
    return Chapter(raw["key"], raw["number"], raw["title"], Paragraph(*raw["heading"]), _paragraphs(raw["paragraphs"]))


def _claim_to_json(claim: Claim) -> dict[str, Any]:
    out = {name: getattr(claim, name) for name in Claim._fields}
    out["value"] = _exact(claim.value)
    out["place"] = place_to_json(claim.place)
    out["sentence"] = list(claim.sentence)
    return out


def _claim(raw: dict[str, Any]) -> Claim:
    place = _place(raw["place"])
    assert place is not None
    return Claim(**{**raw, "value": _value(raw["value"]), "place": place, "sentence": tuple(raw["sentence"])})


def _note_to_json(note: Note) -> dict[str, Any]:
    out = {name: getattr(note, name) for name in _NOTE}
    out["cells"] = list(note.cells)
    out["place"] = place_to_json(note.place) if note.place else None
    return out


def _note(raw: dict[str, Any]) -> Note:
    return Note(**{**raw, "cells": tuple(raw["cells"]), "place": _place(raw["place"])})


def _day(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON data (dicts, lists, strings, numbers, ``None``)."""
    return {
        "schema": SCHEMA,
        "title": report.title,
        "agency": report.agency,
        "kind": report.kind,
        "year": report.year,
        "form": report.form,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "index_number": report.index_number,
        "tables": tables(report),
        "chapters": [_chapter_to_json(c) for c in report.chapters],
        "printed": {cell: _figure_to_json(figure) for cell, figure in report.figures.items()},
        "preface": [list(p) for p in report.preface],
        "signature": [list(p) for p in report.signature],
        "claims": [_claim_to_json(c) for c in report.claims],
        "notes": [_note_to_json(n) for n in report.notes],
        "title_place": place_to_json(report.title_place) if report.title_place else None,
        "source_format": report.source_format,
        "pages": list(report.pages),
        "text": report.text,
    }


def from_json(raw: dict[str, Any]) -> Report:
    """The report that ``to_json`` gave. Raises ``ValueError`` (in Chinese) for anything else."""
    if raw.get("schema") != SCHEMA:
        raise ValueError(f"不是本软件的年度报告数据：应有 schema “{SCHEMA}”，实为“{raw.get('schema')}”")
    try:
        return Report(
            title=raw["title"],
            title_place=_place(raw["title_place"]),
            agency=raw["agency"],
            kind=raw["kind"],
            year=raw["year"],
            form=raw["form"],
            figures={cell: _figure(f) for cell, f in raw["printed"].items()},
            chapters=[_chapter(c) for c in raw["chapters"]],
            preface=_paragraphs(raw["preface"]),
            signature=_paragraphs(raw["signature"]),
            published_on=_day(raw["published_on"]),
            signed_on=_day(raw["signed_on"]),
            index_number=raw["index_number"],
            claims=[_claim(c) for c in raw["claims"]],
            notes=[_note(n) for n in raw["notes"]],
            text=raw["text"],
            source_format=raw["source_format"],
            pages=tuple(raw["pages"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"年度报告数据不完整或被改坏：{error}") from error
