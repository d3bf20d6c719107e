"""Algorithms over snapshots and arrays."""
