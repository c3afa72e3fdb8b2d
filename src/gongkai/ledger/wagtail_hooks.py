"""Where the screens of the ledger hang in the back office."""

from gongkai.ledger.public import hooks as public_hooks  # noqa: F401
from gongkai.ledger.views import hooks as working_hooks  # noqa: F401
from gongkai.ledger.views.importing import hooks as importing_hooks  # noqa: F401
