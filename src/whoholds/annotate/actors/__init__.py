"""Who is named: groups, forces, states, leaders, and the sides that no list knows."""
