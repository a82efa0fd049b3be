"""Files that people hand in or the system makes: checked, re-encoded, stored by their hash."""
