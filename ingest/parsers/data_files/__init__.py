"""YAML, JSON and TOML."""
