"""Turn what the services answer into works."""
