"""Mends of what the parser hangs wrongly, before clauses are read."""
