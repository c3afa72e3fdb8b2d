"""The verbs of channels."""

from gongkai.channels.services.importing import import_channels, preview_import
from gongkai.channels.services.pages import PageColumn, follow_page, portal_site, register_pages, retire_page
from gongkai.channels.services.saving import save_account, save_column, save_site
from gongkai.channels.services.stating import state_none

__all__ = [
    "PageColumn",
    "follow_page",
    "import_channels",
    "portal_site",
    "preview_import",
    "register_pages",
    "retire_page",
    "save_account",
    "save_column",
    "save_site",
    "state_none",
]
