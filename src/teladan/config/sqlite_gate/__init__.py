"""Django's SQLite backend behind one fair gate for writers; name it as a database's ENGINE."""
