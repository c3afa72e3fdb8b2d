"""What is done with records: begun, followed up, imported; who is reminded."""

from gongkai.disclosure.services.beginning import begin, follow_up
from gongkai.disclosure.services.completeness import demand_complete, lacking
from gongkai.disclosure.services.duties import drop_duty, save_duty, suggest_duties
from gongkai.disclosure.services.importing import begin_import, confirm_import, drop_import, resume_broken, template
from gongkai.disclosure.services.key_fields import promise_key_fields, save_key_field
from gongkai.disclosure.services.recounting import recount
from gongkai.disclosure.services.reminding import remind

__all__ = [
    "begin",
    "begin_import",
    "confirm_import",
    "demand_complete",
    "drop_duty",
    "drop_import",
    "follow_up",
    "lacking",
    "promise_key_fields",
    "recount",
    "remind",
    "resume_broken",
    "save_duty",
    "save_key_field",
    "suggest_duties",
    "template",
]
