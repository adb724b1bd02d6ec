"""The demonstration county 清源县: invented, the same from the same seed number, made through the services."""

from gongkai.office.config.demonstration.county import ensure

__all__ = ["ensure"]
