"""Numbered SQL files: ``0001.sql`` makes the first schema, each later one changes the one before. Never edited."""
