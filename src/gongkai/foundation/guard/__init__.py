"""疑似国家秘密不落盘: nothing that looks like a state secret is written, whatever way it comes (invariant 8).

The door is `review.guard`: it judges every request before its view runs. Here are the nets behind it, for commands, the
worker and mistakes of ours: every statement that writes to the database, every file that goes into a storage, every
line of the log; and uploads, which stay in memory until they were judged.
"""

from gongkai.foundation.guard.refusals import SecretSuspected, Unexamined, UploadTooLarge, procedure

__all__ = ["SecretSuspected", "Unexamined", "UploadTooLarge", "procedure"]
