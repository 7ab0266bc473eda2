"""``formcheck doctor``: whether this machine has what a session needs, and what to do where it has not."""
