"""What the quick start of Google's client comes to: ``python quick_start.py ROOT HOME``.

Lists every message, gets them one by one, keeps them in a file. A later run asks for the history and gets what is new.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

# By name: their stubs don't know what the quick start uses of them.
CLIENT = ("google.oauth2.credentials", "googleapiclient.discovery_cache", "googleapiclient.discovery")


def service_at(root: str, token: str) -> Any:
    credentials, cache, discovery = map(import_module, CLIENT)
    document = json.loads(cache.get_static_doc("gmail", "v1"))
    document |= {"rootUrl": f"{root}/", "baseUrl": f"{root}/"}
    document.pop("mtlsRootUrl", None)
    return discovery.build_from_document(document, credentials=credentials.Credentials(token))


def main(root: str, home: Path) -> None:
    messages = service_at(root, json.loads((home / "token.json").read_text())["token"]).users()
    kept = home / "kept.json"
    state = json.loads(kept.read_text()) if kept.exists() else {}
    if state:
        request = messages.history().list(userId="me", startHistoryId=state["history_id"])
        answer = request.execute()
        wanted = [one["message"]["id"] for record in answer.get("history", ()) for one in record["messagesAdded"]]
        mail, history_id = state["mail"], answer["historyId"]
    else:
        mail, wanted = {}, []
        history_id = messages.getProfile(userId="me").execute()["historyId"]
        request = messages.messages().list(userId="me", maxResults=500)
        while request is not None:
            answer = request.execute()
            wanted += [one["id"] for one in answer.get("messages", ())]
            request = messages.messages().list_next(request, answer)
    try:
        for message_id in wanted:
            mail[message_id] = messages.messages().get(userId="me", id=message_id, format="full").execute()
    finally:
        print(f"{len(mail)} messages")
    kept.write_text(json.dumps({"history_id": history_id, "mail": mail}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
