"""A routine made to measure: the wish, what a pick is worth, and the solver."""
