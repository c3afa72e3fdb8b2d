"""快照: evidence kept by content: what stood at an address, when it was looked at, and the hash that proves it.

`services.take(url)` fetches (guarded against being led into the intranet) and keeps; `services.read` gives the bytes.
"""

from gongkai.foundation.snapshots.fetching import Fetched, fetch
from gongkai.foundation.snapshots.guard import FetchError, Refused, Unreachable
from gongkai.foundation.snapshots.probing import Probe, probe

__all__ = ["FetchError", "Fetched", "Probe", "Refused", "Unreachable", "fetch", "probe"]
