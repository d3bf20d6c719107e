"""Side by side with other engines: the same articles, the same questions, asked in turn."""
