"""Entries that make a machine run ``susul sync`` by itself: for cron, systemd, launchd and Windows. Pure text."""
