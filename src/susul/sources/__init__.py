"""Where mail and events come from."""
