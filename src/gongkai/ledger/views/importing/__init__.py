"""导入通知: the office's screens from an uploaded notice to the year's ledger."""
