"""Text to folded text, and folded text to tokens."""
