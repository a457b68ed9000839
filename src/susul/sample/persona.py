"""Whose mailbox the sample is: Rina Wijaya, who draws for a living and looks for a steady job."""

from __future__ import annotations

NAME = "Rina Wijaya"
ADDRESS = "rina@rinawijaya.example"
STUDIO = "Studio Rina"
ALIAS = "halo@studiorina.example"
TIME_ZONE = "Asia/Jakarta"
COUNTRY = "ID"
SIGNATURE = '<div dir="ltr"><b>Rina Wijaya</b><br>Studio Rina, Jakarta<br>+62 812 0000 4417</div>'
SIGNED = "\n-- \nRina Wijaya\nStudio Rina, Jakarta\n+62 812 0000 4417\n"
