"""Gmail and Calendar: the only package that knows Google's client libraries, and each of them is imported late.

``auth`` signs in, ``transport`` is the one way a call goes out, ``clients`` builds the API resources on it, and
``gmail``, ``calendar`` and ``drafts`` turn Google's JSON into the values of ``susul.model`` and back.
"""
