"""Behind the player screen: its timer, its keys, its words, what keeps it safe, its end."""
