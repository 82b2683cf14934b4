"""Behind the progress screen: its panels in lines, and where the log is looked into and changed."""
