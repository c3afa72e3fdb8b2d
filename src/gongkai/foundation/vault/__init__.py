"""保险库: personal data are encrypted in the database; the keys lie outside it.

`EncryptedTextField` for the value, `BlindIndexField` beside it where records must be found by the exact value,
`read_personal` for every reading by a person, `manage vault_rotate` after a new key was put in front.
"""

from gongkai.foundation.vault.blind import BlindIndexField, matching
from gongkai.foundation.vault.fields import EncryptedTextField
from gongkai.foundation.vault.keys import VaultError

__all__ = ["BlindIndexField", "EncryptedTextField", "VaultError", "matching"]
