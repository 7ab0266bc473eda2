"""Many videos: found, told apart by their content, and what came of each kept where a batch can go on from it."""
