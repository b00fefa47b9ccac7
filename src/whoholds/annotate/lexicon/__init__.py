"""Armed groups, forces and countries as data, and who stood with whom on a day."""
