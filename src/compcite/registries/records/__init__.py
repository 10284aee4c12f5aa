"""What the services answer, turned into works."""
