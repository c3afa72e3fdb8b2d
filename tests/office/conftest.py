"""The office's own screens are tried in the county of the ledger's tests."""

from tests.ledger.conftest import at, county, item, plan, task  # noqa: F401
from tests.ledger.faces.conftest import enter, scale  # noqa: F401
