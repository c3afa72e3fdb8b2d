"""The verbs of channels."""

from gongkai.channels.services.importing import import_channels, preview_import
from gongkai.channels.services.saving import save_account, save_column, save_site

__all__ = ["import_channels", "preview_import", "save_account", "save_column", "save_site"]
