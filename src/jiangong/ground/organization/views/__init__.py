"""The pages of the organization: units, people, accounts."""
