"""Events that others coded (ACLED, UCDP GED, VIINA, or of a mapping file) → records in our own format of claims.

The coder is the voice, so that hand coding and machine reading stand side by side and neither is hidden. A data set is
described by a file (`data/coded/*.yml`; docs/coded.md), not by code.
"""
