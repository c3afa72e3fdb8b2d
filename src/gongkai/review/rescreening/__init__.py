"""复筛: the county's own word lists, and going over again what is public already when rules or lists change."""
