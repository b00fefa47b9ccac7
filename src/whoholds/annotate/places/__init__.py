"""Where a noun phrase points: names of places, their parts, and the areas described from them."""
