"""Gongkai 公开: the living ledger of a county government's openness work."""
