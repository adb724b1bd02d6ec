"""Jobs; imported by the worker, which looks for a module of this name in every app."""

from gongkai.office.bodies.tasks import importing

__all__ = ["importing"]
