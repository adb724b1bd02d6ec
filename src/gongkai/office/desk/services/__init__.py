"""What people do on the desk itself."""
