"""Who may open the screens of an import; what each may do there its verbs decide."""

from gongkai.foundation.access import STAFF, declare
from gongkai.portal.importing.services.beginning import IMPORTERS

declare(STAFF, "importing_batches", "importing_batch", "importing_rows", "importing_report")
declare(set(IMPORTERS), "importing_begin", "importing_map")
