"""One module a widget; no widget knows a screen or the app."""
