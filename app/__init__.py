"""What people use: the command line, the pages in the browser, and the services both call."""
