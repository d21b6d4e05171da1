"""What a day brings: what is overdue, due today or this week, who lets you wait, and what is new."""
