"""Lists: columns, filters and paging declared once; every state has an address; CSV and XLSX of what is shown.

PEOPLE = Listing(
    columns=[Column("name", "姓名", sort="name"), Column("since", "任职时间", sort="since")],
    filters=[Search(on=["name", "account"]), Choice("role", "角色", choices=ROLES)],
    row_link=lambda person: reverse("bodies:person", args=[person.pk]),
)
def people(request): return PEOPLE.respond(request, Person.objects.all(), title="人员")
"""

from gongkai.office.look.lists.columns import Column
from gongkai.office.look.lists.filters import Choice, DateRange, PrivateSearch, Search, YesNo
from gongkai.office.look.lists.listing import Listing
from gongkai.office.look.lists.page import ListPage

__all__ = ["Choice", "Column", "DateRange", "ListPage", "Listing", "PrivateSearch", "Search", "YesNo"]
