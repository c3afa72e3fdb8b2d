"""栏目保障: what each column of the portal owes, and where it falls short, seen before an inspector sees it."""
