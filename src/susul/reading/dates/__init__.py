"""The days that a mail names, as windows relative to the day it was written, in every language of ``susul.languages``.

* ``mentions``: from text to mentions; here the readings are put together.
* ``lexicon``, ``places``, ``scene``: the words of days, where in a text they stand, and what a reader sees of it.
* ``written``, ``named``, ``periods``, ``counted``: the readers of "15 July", "Friday", "next week", "in 3 days";
  ``calendar_periods`` holds their arithmetic, ``clock`` the times of day beside them; ``following`` reads days told by
  the one before them ("the morning after"), ``feasts`` "before Christmas", "setelah Lebaran".
* ``tense``, ``idle``, ``context``, ``remains``: what makes a day past, no day to wait for, a closer word for the day
  before it, or a piece of something not understood; ``sentence`` is what stands around it.
"""

from susul.reading.dates.mentions import Mention, mentions
from susul.reading.dates.scene import Preposition

__all__ = ["Mention", "Preposition", "mentions"]
