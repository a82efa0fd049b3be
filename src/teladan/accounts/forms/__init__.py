"""Forms of sign-in, activation, passwords and the second factor."""
