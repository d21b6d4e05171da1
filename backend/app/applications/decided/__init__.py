"""What people decided about their applications: looked up, listed, told in words."""
