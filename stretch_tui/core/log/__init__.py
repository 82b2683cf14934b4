"""What is remembered, and every number that follows from it: merging, days, the streak."""
