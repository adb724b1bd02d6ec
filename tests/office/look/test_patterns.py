"""The pattern book is for developers, and every page of it can be shown."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import override_settings
from office.look.conftest import Ask

from gongkai.office.look.patterns.views import PARTS, book


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_shown(part: str, ask: Ask) -> None:
    with override_settings(GONGKAI_DEVELOPER=True):
        response = book(ask("/dev/patterns/"), part)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()  # type: ignore[attr-defined]


def test_a_wrong_form_is_shown_with_its_errors(ask: Ask) -> None:
    with override_settings(GONGKAI_DEVELOPER=True):
        response = book(ask("/dev/patterns/form/", post={"name": ""}), "form")
    assert "look-summary" in response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("part", PARTS)
def test_nobody_else_finds_it(part: str, ask: Ask) -> None:
    with override_settings(GONGKAI_DEVELOPER=False), pytest.raises(Http404):
        book(ask("/dev/patterns/"), part)


def test_there_are_no_other_parts(ask: Ask) -> None:
    with override_settings(GONGKAI_DEVELOPER=True), pytest.raises(Http404):
        book(ask("/dev/patterns/x/"), "x")
