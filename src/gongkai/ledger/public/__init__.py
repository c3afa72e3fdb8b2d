"""公开台账: what the office released through the gate, and nothing else."""
