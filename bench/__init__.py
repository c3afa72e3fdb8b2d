"""Measurements, each beside a peer or a limit in the same run. Figures are for reading, never for failing a build."""
