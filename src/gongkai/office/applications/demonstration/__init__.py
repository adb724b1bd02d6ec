"""Two years of applications for the demonstration county: invented, planned by seed, made through the services."""

from gongkai.office.applications.demonstration.filling import fill
from gongkai.office.applications.demonstration.plan import plan

__all__ = ["fill", "plan"]
