"""What a person keeps with an application: notes, tags, people, reminders; and their saved views."""
