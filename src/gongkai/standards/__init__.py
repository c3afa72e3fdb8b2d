"""标准目录: what grassroots bodies owe by their standard catalogues, and whether it is there."""
