"""Everything out, in, and between machines."""
