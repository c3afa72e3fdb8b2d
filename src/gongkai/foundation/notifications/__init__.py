"""通知: what people are told — inside the product always, by mail and other channels as each person wishes.

`notify(recipients, kind, ...)` in `services`; kinds of notice are declared with `kinds.register(Kind(...))`.
"""

from gongkai.foundation.notifications.channels import Channel, Undelivered
from gongkai.foundation.notifications.kinds import Kind, kinds

__all__ = ["Channel", "Kind", "Undelivered", "kinds"]
