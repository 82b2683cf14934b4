"""Stretches, poses and routines as TOML: the shipped ones and the user's own."""
