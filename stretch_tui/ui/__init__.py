"""Shows: the only room that imports textual."""
