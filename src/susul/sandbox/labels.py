"""The mailbox's labels: Gmail's own and the owner's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from susul.sandbox.routing import ApiError, Json, invalid, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable

SYSTEM = (
    "INBOX", "SENT", "DRAFT", "SPAM", "TRASH", "UNREAD", "STARRED", "IMPORTANT", "CHAT", "CATEGORY_PERSONAL",
    "CATEGORY_SOCIAL", "CATEGORY_PROMOTIONS", "CATEGORY_UPDATES", "CATEGORY_FORUMS",
)  # fmt: skip

# "Can be manually applied: no" in the guide's table of system labels.
NOT_BY_HAND = frozenset({"SENT", "DRAFT", "CHAT"})

# Takeout's X-Gmail-Labels, in the two interface languages we meet, against the API's ids.
TAKEOUT_NAMES = {
    "inbox": "INBOX", "kotak masuk": "INBOX", "sent": "SENT", "terkirim": "SENT", "draft": "DRAFT", "drafts": "DRAFT",
    "draf": "DRAFT", "spam": "SPAM", "trash": "TRASH", "sampah": "TRASH", "unread": "UNREAD", "belum dibaca": "UNREAD",
    "starred": "STARRED", "berbintang": "STARRED", "important": "IMPORTANT", "penting": "IMPORTANT", "chat": "CHAT",
    "category personal": "CATEGORY_PERSONAL", "category social": "CATEGORY_SOCIAL",
    "category promotions": "CATEGORY_PROMOTIONS", "category updates": "CATEGORY_UPDATES",
    "category forums": "CATEGORY_FORUMS",
}  # fmt: skip
TAKEOUT_STATES = frozenset({"opened", "archived", "dibuka", "diarsipkan"})

LABEL_KEYS = ("id", "name", "color", "labelListVisibility", "messageListVisibility", "type",
              "messagesTotal", "messagesUnread", "threadsTotal", "threadsUnread")  # fmt: skip
EDITABLE = ("name", "color", "labelListVisibility", "messageListVisibility")


@dataclass(slots=True)
class Label:
    """One label; ``extra`` holds the visibility and colour fields as the API wrote them."""

    id: str
    name: str
    type: str = "user"
    extra: Json = field(default_factory=dict)

    def to_json(self) -> Json:
        return {"id": self.id, "name": self.name, "type": self.type, **self.extra}


class Labels:
    """Labels by id and by name (names differ in more than case, as Gmail asks)."""

    def __init__(self) -> None:
        self._by_id = {name: Label(name, name, "system") for name in SYSTEM}
        self._next = 1

    def all(self) -> list[Label]:
        return list(self._by_id.values())

    def get(self, label_id: str) -> Label:
        if label_id not in self._by_id:
            raise not_found()
        return self._by_id[label_id]

    def named(self, name: str) -> Label | None:
        wanted = name.lower()
        return next((one for one in self._by_id.values() if one.name.lower() == wanted), None)

    def create(self, fields: Json) -> Label:
        self._check_name(fields.get("name"))
        label = Label(f"Label_{self._next}", fields["name"])
        self._next += 1
        self._by_id[label.id] = label
        return self.change(label.id, fields)

    def change(self, label_id: str, fields: Json) -> Label:
        label = self.get(label_id)
        if label.type == "system":
            raise invalid("Invalid update request")
        if fields.get("name", label.name) != label.name:
            self._check_name(fields["name"], label)
        label.name = fields.get("name", label.name)
        label.extra |= {key: fields[key] for key in EDITABLE if key in fields and key != "name"}
        return label

    def delete(self, label_id: str) -> None:
        if self.get(label_id).type == "system":
            raise invalid("Invalid delete request")
        del self._by_id[label_id]

    def _check_name(self, name: object, own: Label | None = None) -> None:
        if not isinstance(name, str) or not name.strip():
            raise invalid("Invalid label name")
        if self.named(name) not in (None, own):
            raise ApiError(409, "Label name exists or conflicts")

    def check_by_hand(self, label_ids: Iterable[str]) -> None:
        """Refuse what modify can't apply or remove: unknown labels, SENT, DRAFT."""
        for label_id in label_ids:
            if label_id not in self._by_id or label_id in NOT_BY_HAND:
                raise invalid(f"Invalid label: {label_id}")

    def ids_for(self, names: Iterable[str]) -> frozenset[str]:
        """Label ids for ids or names of any origin; a name not yet known becomes a label of the owner's."""
        found = (self._id_for(name.strip()) for name in names if name.strip())
        return frozenset(label_id for label_id in found if label_id)

    def _id_for(self, name: str) -> str:
        lowered = name.lower()
        if lowered in TAKEOUT_STATES:
            return ""
        if name in self._by_id:
            return name
        if lowered in TAKEOUT_NAMES:
            return TAKEOUT_NAMES[lowered]
        label = self.named(name) or self.create({"name": name})
        return label.id
