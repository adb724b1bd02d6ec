"""Drafts of applications, what applicants wrote afterwards, and how often an address comes."""

from gongkai.office.portal.models.draft import Draft
from gongkai.office.portal.models.message import Message
from gongkai.office.portal.models.tally import Tally

__all__ = ["Draft", "Message", "Tally"]
