"""Report → mentions. `parse` makes trees of sentences, `mending` and `clauses` say who does what in them; then come
`lexicon` and `actors`, `places`, `times`. `document` and `mentions` go through them; docs/flow.md tells how.
"""
