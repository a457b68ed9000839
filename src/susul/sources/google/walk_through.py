"""How the owner makes their own OAuth client, step by step, with the names as Google's console shows them.

The same steps, at more length, are in docs/google-setup.md. Source: https://console.cloud.google.com
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# One paragraph a step.
_PROJECT = """
Open https://console.cloud.google.com/projectcreate, give the project any name, press "Create", and choose the project
at the top of the page.

Open https://console.cloud.google.com/apis/library/gmail.googleapis.com and press "Enable".

Open https://console.cloud.google.com/apis/library/calendar-json.googleapis.com and press "Enable".

Open https://console.cloud.google.com/auth/overview ("Google Auth Platform") and press "Get started". App name: Susul.
User support email: yours. Audience: "External" ("Internal" where your organisation offers it). Contact information:
your address. Agree and press "Create".

Open "Audience" on the left and press "Publish app", so that it is "In production": while it is "Testing", Google ends
each sign-in after 7 days. For your own use nothing has to be verified.
"""
_CLIENT = """
Open https://console.cloud.google.com/auth/clients and press "Create client". Application type: "Desktop app". Press
"Create", then "Download JSON": this is offered only now.

Save the downloaded file as {path}

Run: susul login. Where Google says that it "hasn't verified this app", press "Advanced", then "Go to Susul (unsafe)":
it is your own app. Then tick every box and press "Continue".
"""


def whole_way(path: Path) -> str:
    """All steps, for those who have no client yet."""
    return _numbered(_PROJECT + _CLIENT, path)


def new_client(path: Path) -> str:
    """The steps for those who have a project and the wrong file."""
    return _numbered(_CLIENT, path)


def _numbered(text: str, path: Path) -> str:
    steps = [" ".join(step.split()) for step in text.split("\n\n")]
    return "\n".join(f"{number}. {step}" for number, step in enumerate(filter(None, steps), start=1)).replace(
        "{path}", str(path)
    )
