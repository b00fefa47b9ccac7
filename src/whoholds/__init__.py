"""Who holds which town, when, and according to whom."""
