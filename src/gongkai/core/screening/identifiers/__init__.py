IDENTIFIERS: dict[str, object] = {}
