"""What people judge of what the machine said. It stands beside the claims, and nothing is overwritten."""
