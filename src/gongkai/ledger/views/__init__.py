"""The faces of the ledger in the back office. They read through selectors and act through services."""
