"""The local application: an HTTP API over one ledger, and the page that uses it. `whoholds serve` starts it."""
