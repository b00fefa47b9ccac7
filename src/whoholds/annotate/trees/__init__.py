"""Sentences as trees of words, and what can be asked of them."""
