"""Fuzzing of the parsers: `python -m fuzz [--seconds N | --runs N] [--parser NAME]`."""
