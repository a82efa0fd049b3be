"""Outbox, background tasks and schedules in one table of messages; idempotency of posts."""
