"""According to whom: who says what a sentence says, and whose side they are on."""
