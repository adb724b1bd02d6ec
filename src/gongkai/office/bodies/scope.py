"""Whose records one sees: the one place where lists are cut to the bodies of the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from gongkai.office.bodies.selectors.standing import reach

if TYPE_CHECKING:
    from gongkai.office.bodies.models import Person


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a body. ``body_field`` is the way from the row to it."""

    body_field: ClassVar[str] = "body"

    def visible_to(self, person: Person) -> Self:
        """The rows of the bodies within the person's reach."""
        bodies = reach(person)
        return self if bodies is None else self.filter(**{f"{self.body_field}__in": bodies})
