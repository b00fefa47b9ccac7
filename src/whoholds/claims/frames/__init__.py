"""Where the words of a cue stand in a sentence, and what stands in their slots."""
