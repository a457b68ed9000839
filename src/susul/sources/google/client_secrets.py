"""The owner's own OAuth client, as Google's console gives it for download (credentials.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from susul.errors import ConfigError
from susul.sources.google.walk_through import new_client, whole_way

if TYPE_CHECKING:
    from pathlib import Path

    from susul.sources.google.endpoints import Endpoints

_EXAMPLE = "YOUR-CLIENT-"  # how the values of credentials.example.json begin


@dataclass(frozen=True, slots=True)
class ClientSecrets:
    """A client of type "Desktop app". ``config`` is the file's content, as google-auth-oauthlib takes it."""

    config: dict[str, Any]


def read_client(path: Path, endpoints: Endpoints) -> ClientSecrets:
    """The client in ``path``. Raises ConfigError, with what to do, for everything but a sound Desktop client."""
    content = _json_object(path)
    hint = new_client(path)
    if content.get("type") == "service_account":
        raise ConfigError(f"{path.name} belongs to a service account, which has no mailbox of yours.", hint=hint)
    if "web" in content:
        raise ConfigError(f'{path.name} belongs to a client of type "Web application".', hint=hint)
    if "refresh_token" in content:
        raise ConfigError(f"{path.name} is a saved sign-in (token.json), not a client.", hint=hint)
    client = content.get("installed")
    needed = ("client_id", "client_secret", "auth_uri", "token_uri")
    if not isinstance(client, dict) or not all(isinstance(client.get(key), str) and client[key] for key in needed):
        raise ConfigError(f'{path.name} is not the file of a client of type "Desktop app".', hint=hint)
    if any(_EXAMPLE in client[key] for key in ("client_id", "client_secret")):
        raise ConfigError(f"{path.name} is the example as it came with Susul.", hint=whole_way(path))
    if not endpoints.accepts_auth_uri(client["auth_uri"]) or not endpoints.accepts_token_uri(client["token_uri"]):
        where = "the api_root of config.toml" if endpoints.loopback else "Google"
        raise ConfigError(f"{path.name} names sign-in addresses that are not those of {where}.", hint=hint)
    return ClientSecrets({"installed": client})


def _json_object(path: Path) -> dict[str, Any]:
    hint = new_client(path)
    try:
        content = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no {path.name} yet.", hint=whole_way(path)) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path.name} can't be read as JSON.", hint=hint) from error
    if not isinstance(content, dict):
        raise ConfigError(f"{path.name} can't be read as a client.", hint=hint)
    return content
