"""Floor 3. 公开渠道: sites, their columns, and new-media accounts, each with the body that owes its upkeep."""
