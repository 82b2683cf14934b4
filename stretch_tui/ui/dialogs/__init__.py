"""Panes that stand over a screen until they are answered."""
