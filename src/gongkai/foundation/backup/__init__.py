"""备份与恢复: the database, the uploads and the keys in one file, and back.

`gongkai backup FILE`, `gongkai restore FILE`. A backup holds the keys of the vault: who has it can read everything.
"""


class BackupError(Exception):
    """It cannot be done, and nothing was changed; the message says what, where and what to do, for people."""
