"""What is done with records: begun, followed up, imported; who is reminded."""

from gongkai.disclosure.services.beginning import begin, follow_up
from gongkai.disclosure.services.completeness import demand_complete, lacking
from gongkai.disclosure.services.duties import drop_duty, save_duty, suggest_duties
from gongkai.disclosure.services.importing import import_records, preview_import, template
from gongkai.disclosure.services.key_fields import promise_key_fields, save_key_field
from gongkai.disclosure.services.recounting import recount
from gongkai.disclosure.services.reminding import remind

__all__ = [
    "begin",
    "demand_complete",
    "drop_duty",
    "follow_up",
    "import_records",
    "lacking",
    "preview_import",
    "promise_key_fields",
    "recount",
    "remind",
    "save_duty",
    "save_key_field",
    "suggest_duties",
    "template",
]
