"""What is needed for a goal, in which order, and what comes next: pure functions over a graph and a learner."""
