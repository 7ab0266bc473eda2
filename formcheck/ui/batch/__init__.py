"""``formcheck batch``: many videos, by worker processes of this machine or of a cluster."""
