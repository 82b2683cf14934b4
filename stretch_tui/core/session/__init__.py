"""A session as it is played: from the timeline to what was really done and how it ends."""
