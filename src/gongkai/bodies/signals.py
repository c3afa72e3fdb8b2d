"""What rooms above may listen to: the portal makes and renames a body's section. Sent inside the transaction.

body_created: `body`, `actor`; the body's Wagtail group (named by its code) is there already.
body_renamed: `body`, `actor`, `former` (the name given up).
body_ended: `body`, `actor`; dissolved, perhaps merged into its `successor`, or taken back into the register.
"""

from django.dispatch import Signal

body_created = Signal()
body_renamed = Signal()
body_ended = Signal()
