"""The door: what every HTTP face shares."""
