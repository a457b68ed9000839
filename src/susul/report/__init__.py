"""The plan for people and for scripts: the contract's JSON, terminal tables, ``.eml`` files."""
