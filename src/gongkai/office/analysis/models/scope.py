"""Whose uploads one sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

from gongkai.office.bodies.scope import ScopedQuerySet
from gongkai.office.bodies.selectors.standing import reach

if TYPE_CHECKING:
    from gongkai.office.bodies.models import Person


class UploadQuerySet(ScopedQuerySet):
    """Uploads of the bodies within one's reach; and one's own for one's own body, for people without any role."""

    person_field: ClassVar[str] = "person"

    def visible_to(self, person: Person) -> Self:
        """See ``ScopedQuerySet``."""
        bodies = reach(person)
        if bodies is None:
            return self
        return self.filter(Q(body__in=bodies) | Q(**{self.person_field: person, "body": person.body_id}))
