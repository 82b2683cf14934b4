"""Being here puts this folder on the path: what several rooms test with is imported from it."""
