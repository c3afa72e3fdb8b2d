"""Floor 5. 门户: the public face that rooms hang their pages on."""
