"""权限: one declared table says which role may open which address and use which verb; everything else is refused."""

from gongkai.foundation.access.addresses import Address, addresses, declare
from gongkai.foundation.access.rights import Directory, Grant, Rights, rights_of, use_directory
from gongkai.foundation.access.roles import BODY_ROLES, COUNTY_ROLES, PUBLIC, SIGNED_IN, STAFF, Audience, Role
from gongkai.foundation.access.verbs import Refused, verb

# Last, because importing the module `verbs` would put it in the place of the registry of that name.
from gongkai.foundation.access.table import Verb, verbs  # isort: skip

__all__ = [
    "BODY_ROLES",
    "COUNTY_ROLES",
    "PUBLIC",
    "SIGNED_IN",
    "STAFF",
    "Address",
    "Audience",
    "Directory",
    "Grant",
    "Refused",
    "Rights",
    "Role",
    "Verb",
    "addresses",
    "declare",
    "rights_of",
    "use_directory",
    "verb",
    "verbs",
]
