"""What the real Debezium wrote, kept in files, and compared without a JVM."""
