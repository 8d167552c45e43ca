"""Articles and facts to stories: grouping, copies, comparing, novelty, rank; pure."""
