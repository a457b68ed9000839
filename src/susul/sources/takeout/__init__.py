"""Mail and calendar out of files, Google Takeout's or any other's, in place of an account."""

from susul.sources.takeout.ics import CalendarFile, read_ics
from susul.sources.takeout.mbox import Takeout, read_mailboxes, read_mbox

__all__ = ["CalendarFile", "Takeout", "read_ics", "read_mailboxes", "read_mbox"]
