"""What everything stands on: units, people, access, the audit trail and the shared frame."""
