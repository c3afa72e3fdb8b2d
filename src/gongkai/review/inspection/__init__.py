"""专项检查: which entries of the register are inspected, and the report of what was found."""
