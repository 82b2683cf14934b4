"""One module a screen; no screen imports another."""
