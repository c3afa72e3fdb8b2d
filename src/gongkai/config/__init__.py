"""Settings by environment, addresses, and the entry points of servers."""
