"""The verbs of an import: begun, mapped, loaded, decided about, put forward; the gate's own verbs sign it."""

from gongkai.portal.importing.services.beginning import begin, cancel, map_columns, resume
from gongkai.portal.importing.services.deciding import keep, leave_out
from gongkai.portal.importing.services.submitting import go_public, settle_list, take_back

__all__ = ["begin", "cancel", "go_public", "keep", "leave_out", "map_columns", "resume", "settle_list", "take_back"]
