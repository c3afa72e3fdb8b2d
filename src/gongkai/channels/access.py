"""Who may open the screens of channels."""

from gongkai.foundation.access import STAFF, Role, declare

for kind in ("sites", "columns", "accounts"):
    declare(STAFF, f"channels_{kind}", f"channels_{kind}_results")
    declare({Role.OFFICE}, f"channels_{kind}_add", f"channels_{kind}_edit")
declare({Role.OFFICE}, "channels_import")
