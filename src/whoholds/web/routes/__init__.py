"""The paths of the API, one module a subject."""
