"""From what was typed to a tree, and from parameters to a request; knows no engine."""
