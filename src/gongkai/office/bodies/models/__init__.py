"""Bodies and people."""

from gongkai.office.bodies.models.body import Alias, Body, FormerName, Succession
from gongkai.office.bodies.models.imports import Import
from gongkai.office.bodies.models.person import Person
from gongkai.office.bodies.models.rights import RoleHolding, StandIn

__all__ = ["Alias", "Body", "FormerName", "Import", "Person", "RoleHolding", "StandIn", "Succession"]
