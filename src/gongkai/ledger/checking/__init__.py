"""Looking at evidence: what a link leads to, what kind of file was handed in."""
