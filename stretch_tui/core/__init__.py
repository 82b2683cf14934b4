"""Thinks: stretches, doses, routines, timelines, sessions, streaks; pure, standard library only."""
