"""Many messages and events → the matters they are about (``linking``), and each matter's story (``story``)."""
