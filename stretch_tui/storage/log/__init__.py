"""The log on disk: one TinyDB file, replaced whole and durably, locked, backed up, recovered."""
