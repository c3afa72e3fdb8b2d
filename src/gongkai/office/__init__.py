"""Floor 7. The back office: menu, home, notification centre."""
