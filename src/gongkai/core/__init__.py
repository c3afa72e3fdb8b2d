"""Floor 1: what the rules say. Plain Python; no framework, no input or output beyond files handed in."""
