"""Pages: what they show, what they hide, what they refuse, how many questions they ask of the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cli.documents import balanced, page
from django.test import Client
from office.analysis.uploads import hand_in_and_read

from gongkai.office.analysis.apart.reader import Apart
from gongkai.office.bodies.models import Person

AsPerson = Callable[[Person], Client]


@pytest.mark.parametrize("view", ["all", "findings", "tables", "text", "head", "page", "nonsense"])
def test_a_document_is_shown(clerk: Person, apart: Apart, as_person: AsPerson, view: str) -> None:
    wrong = {**balanced(3), "applications.received.total": 5}
    batch = hand_in_and_read(clerk, apart, ("年报.html", page(values=wrong).encode()))
    document = batch.documents.get()
    answer = as_person(clerk).get(f"/analysis/documents/{document.pk}/?view={view}&finding=1")
    assert answer.status_code == 200
