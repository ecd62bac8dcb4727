"""Text that lost its markup."""
