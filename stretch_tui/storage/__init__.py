"""Remembers: the only room that touches the disk."""
