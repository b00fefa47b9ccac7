"""Text → sentences → trees: the compact parser."""
