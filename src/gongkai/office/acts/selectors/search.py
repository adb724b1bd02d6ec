"""Finding acts in a log of a million."""

from __future__ import annotations

from typing import Self

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from gongkai.office.acts.models import Act

AT_MOST = 10_000  # lists count no further: nobody turns so many pages, and a count of all would touch every row

_TEXT = r"""(acts_act.thing_name || E'\n' || acts_act.ground || E'\n' || acts_act.detail::text)"""
# The pairs use the index (words.sql has the same expression); what they find is then looked at in full. A single
# character makes no pair and is sought by reading.
_HAS_PAIRS = f"acts_pairs({_TEXT}) @> acts_pairs(%s)"
_HAS = f"position(lower(%s) in lower({_TEXT})) > 0"


class Acts(QuerySet[Act]):
    """Acts, with the search by words."""

    def having(self, text: str) -> Self:
        """Acts in whose thing, ground or detail all the words of ``text`` occur, in whole or as a part of one."""
        found = self
        for word in text.split():
            if len(word) > 1:
                found = found.filter(RawSQL(_HAS_PAIRS, [word], output_field=BooleanField()))
            found = found.filter(RawSQL(_HAS, [word], output_field=BooleanField()))
        return found

    def for_list(self) -> Acts:
        """The same, counted up to ``AT_MOST`` only."""
        return _Counted(Act, query=self.query.chain())


class _Counted(Acts):
    def count(self) -> int:
        return self.order_by().values("pk")[:AT_MOST].query.get_count(using=self.db)


def acts() -> Acts:
    """All acts, the newest first."""
    return Acts(Act)
