"""导入通知: from the Plan that was read to the ledger that people work in.

The reading is never changed. What people settle is kept beside it (`decisions`), both together give a `Proposal`
(`proposal`), and a proposal is written as a new ledger (`commit`) or applied to the one there is (`diff`, `apply`).
"""
