"""Floor 1. 内容筛查: a text or a file -> Findings: secrecy marks, personal information, wrong words, hidden content."""
