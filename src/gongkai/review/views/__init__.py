"""Faces of the gate in the back office: the register, what waits for a leader, and one release."""
