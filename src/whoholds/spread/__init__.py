"""Much to read, in parts, on one machine or many: claims as Parquet, one file a part, with a manifest.

`plan` divides the inputs, `part` reads one part (a pure function: the same part gives the same bytes anywhere), `run`
does all parts, here or on a Dask cluster, and `load` brings what was read into a ledger.
"""
