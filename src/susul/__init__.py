"""Susul drafts the follow-up mails that nobody wrote, into Gmail's Drafts folder, and never sends one."""

__version__ = "0.1.0"
