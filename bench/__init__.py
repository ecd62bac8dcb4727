"""The promises on speed, measured: `python -m bench [NAME …]`. Each figure is a ratio, or a bound, of one run."""
