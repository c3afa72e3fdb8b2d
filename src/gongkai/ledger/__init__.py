"""Floor 6. 台账: the yearly notice as a living table: plans, items, assignments, evidence, the public ledger."""
