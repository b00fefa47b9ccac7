"""Verbs with their subjects and objects, with those that the parser left elsewhere."""
