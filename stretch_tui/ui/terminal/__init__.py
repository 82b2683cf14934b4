"""The terminal under the app: what it can show, its bytes, its signals, its bells."""
