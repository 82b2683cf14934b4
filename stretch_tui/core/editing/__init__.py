"""Changing a routine: steps, doses, order, and what all of it covers."""
