"""The verbs of standard catalogues."""

from gongkai.standards.services.catalogues import put_forward, set_column
from gongkai.standards.services.importing import Preview, import_catalogue, preview_import, promote
from gongkai.standards.services.inheriting import adopt, exempt, include
from gongkai.standards.services.mapping import confirm, link_address, link_place, reject, suggest, undo_confirm, unlink
from gongkai.standards.services.outside import look_outside
from gongkai.standards.services.reconciling import reconcile

__all__ = [
    "Preview",
    "adopt",
    "confirm",
    "exempt",
    "import_catalogue",
    "include",
    "link_address",
    "link_place",
    "look_outside",
    "preview_import",
    "promote",
    "put_forward",
    "reconcile",
    "reject",
    "set_column",
    "suggest",
    "undo_confirm",
    "unlink",
]
