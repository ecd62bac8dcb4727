"""Every use case once: the command line and the pages call these and show what they answer."""
