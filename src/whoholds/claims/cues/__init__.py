"""The cues: which words carry a claim, and where its sides and its place stand."""
