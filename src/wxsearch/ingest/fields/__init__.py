"""The fields of an article, from all places of a page that tell them."""
