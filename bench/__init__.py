"""What `bin/bench` runs: loads a desk of a real size, drives the real server, and holds the figures to the targets."""
