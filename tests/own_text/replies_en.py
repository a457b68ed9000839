"""English mails with what their writer wrote: name → (whole text, own words, sign-off). All people are invented."""

from __future__ import annotations

REPLIES: dict[str, tuple[str, str, str]] = {
    "gmail top reply": (
        "Friday at ten works for me.\n\nClaire\n\nOn Mon, 1 Jun 2026 at 09:12, Rina Wati <rina@example.com> wrote:\n\n"
        "> Hi Claire,\n>\n> could we meet on Friday?\n>\n> Rina\n",
        "Friday at ten works for me.\n\nClaire",
        "Claire",
    ),
    "gmail attribution wrapped twice": (
        "Thanks, will do.\n\nOn Mon, Jun 1, 2026 at 9:12 AM Rina Wati, Head of Everything at a Long Name <\n"
        "rina.wati@studio.example>\nwrote:\n\n> the plan is attached\n",
        "Thanks, will do.",
        "",
    ),
    "own line directly above a wrapped attribution": (
        "On my side all is ready.\nOn Mon, 1 Jun 2026 at 09:12, Rina Wati <rina@example.com>\nwrote:\n> ready?\n",
        "On my side all is ready.",
        "",
    ),
    "attribution nested in quotes": (
        "Agreed.\n\nOn Tue, 2 Jun 2026, Omar Vance <omar@example.com> wrote:\n> Fine.\n>\n> On Mon, 1 Jun 2026 Rina\n"
        "> <rina@example.com> wrote:\n>> Is it fine?\n>>> Or not?\n",
        "Agreed.",
        "",
    ),
    "outlook with underscores": (
        "We would like to move ahead.\n\nBest,\nOmar\n________________________________\nFrom: Rina Wati <rina@example.com>\n"
        "Sent: Monday, June 1, 2026 9:12 AM\nTo: Omar Vance <omar@example.com>\nSubject: Proposal\n\nDear Omar,\nplease find",
        "We would like to move ahead.\n\nBest,\nOmar",
        "Omar",
    ),
    "outlook headers without a line or addresses": (
        "Looks good to me.\n\nFrom: Rina Wati\nSent: 01 June 2026 09:12\nTo: Omar Vance\nCc: Claire Tan\nSubject: RE: Budget\n\n"
        "Could you check the budget?\n",
        "Looks good to me.",
        "",
    ),
    "outlook headers in bold": (
        "Noted.\n\n*From:* Rina Wati [mailto:rina@example.com]\n*Sent:* Monday, 1 June 2026 09:12\n*To:* Omar\n"
        "*Subject:* Timeline\n\nHere is the timeline.",
        "Noted.",
        "",
    ),
    "outlook headers with blank lines between": (
        "Yes, please.\n\nFrom: Rina <rina@example.com>\n\nSent: Monday, 1 June 2026\n\nTo: Omar <omar@example.com>\n\n"
        "Subject: Lunch\n\nShall I book?",
        "Yes, please.",
        "",
    ),
    "headers flattened to one line": (
        "Yes to all three.\n\nFrom: Rina <rina@example.com> Sent: Monday To: Omar Subject: Questions\nOne, two and three?",
        "Yes to all three.",
        "",
    ),
    "original message": (
        "Done.\n\n-----Original Message-----\nFrom: Rina\nSent: Monday\nTo: Omar\nSubject: Task\n\nPlease do it.\n",
        "Done.",
        "",
    ),
    "apple mail": (
        "See you there.\n\n> On 1 Jun 2026, at 09:12, Rina Wati <rina@example.com> wrote:\n> \n> Where do we meet?\n",
        "See you there.",
        "",
    ),
    "yahoo without marks": (
        "I can start in July.\n\n    On Monday, June 1, 2026 at 09:12:41 AM GMT+7, Rina Wati <rina@example.com> wrote:  \n \n"
        " When can you start?\n",
        "I can start in July.",
        "",
    ),
    "phone": (
        "Running late, ten minutes.\n\nSent from my iPhone\n\nOn Jun 1, 2026, at 09:12, Rina Wati <rina@example.com> wrote:\n\n"
        "> We are in room 3.\n",
        "Running late, ten minutes.",
        "",
    ),
    "samsung": (
        "Call you at 3.\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Rina <rina@example.com>\n"
        "Date: 01/06/2026 09:12 (GMT+07:00)\nTo: omar@example.com\nSubject: Call\n\nCan we talk?",
        "Call you at 3.",
        "",
    ),
    "outlook for android": (
        "Approved.\n\nGet Outlook for Android<https://aka.example/x>\n________________________________\nFrom: Rina\n"
        "Sent: Monday\nTo: Omar\nSubject: Leave\n\nMay I?",
        "Approved.",
        "",
    ),
    "lotus notes": (
        "The contract is signed.\n\nRina Wati/JKT/Studio wrote on 06/01/2026 09:12:33 AM:\n\nIs the contract signed?\n",
        "The contract is signed.",
        "",
    ),
    "thunderbird bottom reply": (
        "On 01/06/2026 09:12, Rina Wati wrote:\n> Are you free?\n> On Friday?\n\nFriday is fine, Monday too.\n",
        "Friday is fine, Monday too.",
        "",
    ),
    "thunderbird without a date": (
        "Rina Wati wrote:\n> Are you free?\n\nI am.\n",
        "I am.",
        "",
    ),
    "inline reply": (
        "Hi Rina,\n\nOn 01/06/2026 09:12, Rina Wati wrote:\n> What does it cost?\n\nThree hundred a day.\n\n> And when?\n\n"
        "In the second week.\n\n> Thanks!\n> Rina\n",
        "Hi Rina,\n\nThree hundred a day.\n\nIn the second week.",
        "",
    ),
    "the tail of a wrapped quote carries no mark": (
        "On 01/06/2026 09:12, Rina Wati wrote:\n> We have been thinking about the second version of the logo and whether it\n"
        "should be green\n> or blue.\n\nGreen.\n",
        "Green.",
        "",
    ),
    "quoting with initials": (
        "Both are fine.\n\nRW> Tuesday?\nRW> Or Wednesday?\n",
        "Both are fine.",
        "",
    ),
    "gmail forward without a word": (
        "---------- Forwarded message ---------\nFrom: Rina <rina@example.com>\nDate: Mon, 1 Jun 2026\nSubject: Offer\n"
        "To: <omar@example.com>\n\nWe offer you the position.\n",
        "",
        "",
    ),
    "gmail forward with a word": (
        "FYI, what do you think?\n\n---------- Forwarded message ---------\nFrom: Rina <rina@example.com>\n"
        "Date: Mon, 1 Jun 2026\nSubject: Offer\n\nWe offer you the position.\n",
        "FYI, what do you think?",
        "",
    ),
    "apple forward": (
        "See below.\n\nBegin forwarded message:\n\nFrom: Rina <rina@example.com>\nSubject: Offer\nDate: 1 June 2026\n"
        "To: omar@example.com\n\nUnfortunately we chose somebody else.\n",
        "See below.",
        "",
    ),
    "signature below two dashes": (
        "The report is ready.\n\nOmar\n\n-- \nOmar Vance\nAnalyst, Studio Seven\n+44 20 7946 0000\n",
        "The report is ready.\n\nOmar",
        "Omar",
    ),
    "signature block below the name": (
        "Could you send the figures by Thursday?\n\nKind regards,\n\nOmar Vance\nSenior Analyst | Studio Seven\n"
        "T: +44 20 7946 0000\nwww.studio.example\n",
        "Could you send the figures by Thursday?",
        "Omar Vance",
    ),
    "closing and name only stay": (
        "Could you send the figures by Thursday?\n\nKind regards,\nOmar\n",
        "Could you send the figures by Thursday?\n\nKind regards,\nOmar",
        "Omar",
    ),
    "closing and name on one line": (
        "All clear on our side.\n\nCheers, Omar",
        "All clear on our side.\n\nCheers, Omar",
        "Omar",
    ),
    "postscript below the signature": (
        "I have sent the papers.\n\nBest,\nOmar Vance\nStudio Seven Ltd\n\nP.S. The second page is new.\n",
        "I have sent the papers.\n\nP.S. The second page is new.",
        "Omar Vance",
    ),
    "name without closing words above a signature": (
        "Please call me back.\n\nOmar Vance\nSales Director\n+44 20 7946 0000\n",
        "Please call me back.",
        "Omar Vance",
    ),
    "a team signs": (
        "Your ticket was answered.\n\nBest regards,\nThe Studio Seven Team\nsupport@studio.example\n",
        "Your ticket was answered.",
        "",
    ),
    "thanks to somebody is no signature": (
        "Thanks, Rina.\n\nWe will look at it on Monday.\n",
        "Thanks, Rina.\n\nWe will look at it on Monday.",
        "",
    ),
    "disclaimer": (
        "We can meet on Monday.\n\nOmar\n\nThis message may contain confidential or privileged information. If you are not the"
        " intended\nrecipient, please notify the sender and delete it.\n",
        "We can meet on Monday.\n\nOmar",
        "Omar",
    ),
    "warning above the first words": (
        "CAUTION: This email originated from outside of the organization. Do not click links unless you recognize the sender.\n"
        "\nHi Rina,\nwe can meet on Monday.\n",
        "Hi Rina,\nwe can meet on Monday.",
        "",
    ),
    "confidential in a sentence is no disclaimer": (
        "This email is confidential between us: I am leaving in June.\n\nOmar\n",
        "This email is confidential between us: I am leaving in June.\n\nOmar",
        "Omar",
    ),
    "list footer": (
        "The meeting is moved to Friday.\n\n-- \nYou received this message because you are subscribed to the Google Groups"
        ' "board" group.\nTo unsubscribe from this group, send an email.\n',
        "The meeting is moved to Friday.",
        "",
    ),
    "mailman footer": (
        "I vote yes.\n\n_______________________________________________\nBoard mailing list\nboard@lists.example\n"
        "https://lists.example/board\n",
        "I vote yes.",
        "",
    ),
    "a sentence with 'sent from'": (
        "The parcel arrived.\n\nSent from the depot yesterday, it took a day.\n",
        "The parcel arrived.\n\nSent from the depot yesterday, it took a day.",
        "",
    ),
    "an itinerary is not a header block": (
        "Here is my trip:\n\nFrom: Jakarta\nTo: London\nDate: 5 June 2026\n\nCould we meet after?\n",
        "Here is my trip:\n\nFrom: Jakarta\nTo: London\nDate: 5 June 2026\n\nCould we meet after?",
        "",
    ),
    "on … you wrote": (
        "On 1 June 2026 at 09:12 you wrote:\nthe price is final. I take it that it still is?\n",
        "On 1 June 2026 at 09:12 you wrote:\nthe price is final. I take it that it still is?",
        "",
    ),
    "details of an interview": (
        "Dear Rina,\n\nDate: 5 June 2026\nTime: 10:00\nSubject: Interview\nPlace: our office\n\nSee you then.\n",
        "Dear Rina,\n\nDate: 5 June 2026\nTime: 10:00\nSubject: Interview\nPlace: our office\n\nSee you then.",
        "",
    ),
    "rule between own sections": (
        "Here are the two texts.\n---\nThe first one is about the summer and what we did when it rained for days.\n---\n"
        "The second one is about the winter, which you said you wanted to read first.\n",
        "Here are the two texts.\n---\nThe first one is about the summer and what we did when it rained for days.\n---\n"
        "The second one is about the winter, which you said you wanted to read first.",
        "",
    ),
    "german outlook": (
        "That works.\n\nVon: Rina Wati <rina@example.com>\nGesendet: Montag, 1. Juni 2026 09:12\nAn: Omar Vance\n"
        "Betreff: Termin\n\nPasst Freitag?\n",
        "That works.",
        "",
    ),
    "french attribution": (
        "That works.\n\nLe lun. 1 juin 2026 à 09:12, Rina Wati <rina@example.com> a écrit :\n\n> Vendredi ?\n",
        "That works.",
        "",
    ),
}
