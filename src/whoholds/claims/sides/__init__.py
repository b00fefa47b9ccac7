"""Who does it, and to whom: what the words of a frame name, and whom "they" and "the army" stand for."""
