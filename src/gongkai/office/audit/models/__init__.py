"""Verifications of the log."""

from gongkai.office.audit.models.verification import Verification

__all__ = ["Verification"]
