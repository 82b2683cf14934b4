"""What the first screen lists, finds and says of the log."""
