"""What people see of learning."""
