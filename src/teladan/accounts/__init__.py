"""Who can come in: agencies, accounts, roles, activation, sign-in, throttles, what is shared between agencies."""
