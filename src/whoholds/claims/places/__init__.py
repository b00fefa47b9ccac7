"""Where: the place in a frame's slots, or the one that "the town" and "there" stand for."""
