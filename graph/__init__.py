"""The domain: values, requirements, the planner and the stores. Knows no document format and no screen."""
