"""``@needs_libreoffice``: skipped where it is not installed, but not in CI: there a skip would pass for a proof."""

from __future__ import annotations

import pytest
from shared_files import IN_CI

from gongkai.office.applications.services.converting import converter

needs_libreoffice = pytest.mark.skipif(not IN_CI and converter() is None, reason="LibreOffice is not installed")
