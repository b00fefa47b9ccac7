"""When: the expressions of time of a report, and which of them belongs to which claim."""
