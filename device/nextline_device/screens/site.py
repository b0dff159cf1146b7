"""This site, and what this program is."""

from __future__ import annotations

from . import site_text
from .base import PageScreen
from .rows import Page


class SiteScreen(PageScreen):
    """The settings of the site, for reading only."""

    NAME = "site"

    def page(self) -> Page:
        """The settings."""
        return site_text.site(self.view())


class AboutScreen(PageScreen):
    """Intended use, limits, what was checked, licences."""

    NAME = "about"

    def page(self) -> Page:
        """All of it."""
        return site_text.about(self.view())
