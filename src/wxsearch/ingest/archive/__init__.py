"""Files that hold files: zip and tar, read from front to back, nothing written to disk."""
