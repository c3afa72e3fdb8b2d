"""Floor 4. 整改: a finding from anywhere → the body that must mend it → mended → checked again → closed."""
