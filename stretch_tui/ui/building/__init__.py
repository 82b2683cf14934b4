"""Behind the builder: the routine on its bench, its draft on disk, its two panes."""
