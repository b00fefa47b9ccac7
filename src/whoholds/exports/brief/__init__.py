"""A situation brief of about two pages: what changed in an area, who says so, and what is not known.

    facts (of a ledger) → sections of sentences, each with its footnotes → a page (HTML), and a PDF of it

No language model: every sentence is put together from claims, and has the footnotes it rests on.
"""
