"""Introduces the rooms to each other: commands, plain output and the composition root."""
