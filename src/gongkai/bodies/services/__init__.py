"""The verbs of bodies and people: every change of theirs is one of these functions."""

from gongkai.bodies.services.describing import describe
from gongkai.bodies.services.importing import import_bodies, preview_import
from gongkai.bodies.services.leaving import hand_over
from gongkai.bodies.services.people import (
    NewPerson,
    appoint,
    change_person,
    create_person,
    end_deputy,
    end_holding,
    name_deputy,
    reset_password,
)
from gongkai.bodies.services.register import (
    add_former_name,
    change,
    create,
    create_county,
    create_group,
    dissolve,
    rename,
    restore,
)

__all__ = [
    "NewPerson",
    "add_former_name",
    "appoint",
    "change",
    "change_person",
    "create",
    "create_county",
    "create_group",
    "create_person",
    "describe",
    "dissolve",
    "end_deputy",
    "end_holding",
    "hand_over",
    "import_bodies",
    "name_deputy",
    "preview_import",
    "rename",
    "reset_password",
    "restore",
]
