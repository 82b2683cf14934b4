"""Sessions in progress: one small file each, held by the process that plays it."""
