"""Ordinary English sentences that only sound like a signal, each beside a near twin that is one."""

from __future__ import annotations

import pytest
from said import said

from susul.model import Sense

# The fact; a sentence that does not say it; one that nearly reads the same and does.
PAIRS = [
    # Goods, services and third parties promise nothing to the reader.
    ("promise", "The parcel will be delivered by courier on Thursday.", "The draft will be with you on Thursday."),
    ("promise", "Invoice 4471 is due on 30 June.", "The decision is due on 30 June."),
    ("promise", "Tom is looking into the printer problem.", "I'm looking into it."),
    ("promise", "We are working on the assumption that rents stay the same.", "We are working on your quotation."),
    ("promise", "The committee is discussing the new dress code.", "The committee is discussing your proposal."),
    ("promise", "The invoice is being processed by accounting.", "Your application is being processed."),
    ("promise", "Deliveries from Asia are taking longer than usual.", "It's taking longer than we thought."),
    (
        "promise",
        "The migration took longer than planned but is finished now.",
        "The review is taking longer than planned.",
    ),
    ("promise", "We were waiting for the client's answer all of last month.", "We're still waiting for their answer."),
    ("promise", "I need to talk to my sister about the holidays.", "I need to talk it over with my partner first."),
    ("promise", "I'll take it to the car.", "I'll take it to the board."),
    ("promise", "The keys are on my desk.", "Your file is on my desk."),
    ("promise", "My neighbour promised to water the plants.", "The landlord has promised an answer by Monday."),
    ("promise", "Marketing said they will decide next week.", "We will decide next week."),
    ("promise", "I can confirm that the meeting took place on 10 June.", "I will confirm the rate tomorrow."),
    ("promise", "We'll have a new colleague from Monday on.", "We'll have an answer for you on Monday."),
    ("promise", "The board meets on the last Thursday of every month.", "The board decides on Thursday."),
    ("promise", "Two of the milestones are behind us.", "We've fallen behind with the selection."),
    # Support lines, couriers and other instructions to call.
    ("check_back", "Try again in a few minutes.", "Try me again in two weeks."),
    (
        "check_back",
        "We usually follow up on unpaid invoices after two weeks.",
        "Please follow up with me in two weeks.",
    ),
    ("check_back", "I tried to call you again on Tuesday.", "Please call me again on Tuesday."),
    ("hold_off", "The technician will call you when he is on his way.", "Someone from our team will be in touch."),
    ("hold_off", "Only members will be invited to the summer party.", "Only shortlisted candidates will be contacted."),
    ("hold_off", "Don't call the old number any more.", "Please don't call us about your application."),
    (
        "hold_off",
        "If you have not received the parcel, the shop refunds the money.",
        "If you have not heard from us by June, please consider your application unsuccessful.",
    ),
    ("hold_off", "The letter should not have gone to you.", "If you hear nothing, we have chosen another applicant."),
    # Praise of food, weather and colleagues.
    ("interest", "The price is reasonable for a hotel in that area.", "Your price is very attractive."),
    ("interest", "Great work by the cleaning team this week.", "Great work!"),
    ("interest", "Everyone enjoyed the summer party.", "Everyone enjoyed your presentation."),
    (
        "interest",
        "Feedback from the customers has been good so far.",
        "Your samples made a very good impression on us.",
    ),
    ("interest", "I am interested in how other departments do this.", "I am interested in the position."),
    ("interest", "A strong candidate usually has two references.", "You're one of the strongest candidates."),
    ("interest", "We stay in touch with former colleagues.", "Let's stay in touch."),
    ("interest", "Your quote is in good hands.", "Your quote looks very good."),
    ("interest", "The test of the fire alarm went smoothly.", "Your trial lesson went really well."),
    ("interest", "Keep up the good work!", "Excellent proposal!"),
    # What doesn't fit, open or work, and other people's rejections.
    ("rejection", "Unfortunately I can't open the file on my phone.", "Unfortunately we can't offer you the job."),
    ("rejection", "The door does not fit the frame.", "Your profile does not fit the role."),
    ("rejection", "Paper is no longer accepted since January.", "Your application was not accepted."),
    ("rejection", "I don't need the projector on Monday.", "We don't need your services at the moment."),
    ("rejection", "No thanks, I've already eaten.", "No thanks, we already have a supplier."),
    ("rejection", "We went with another airline this time.", "We went with another supplier this time."),
    ("rejection", "I think they filled the role internally.", "The role has been filled internally."),
    ("rejection", "They decided to go with somebody local.", "We decided to go with somebody local."),
    ("rejection", "The bank rejected the transfer.", "I'm sorry to say that your bid was rejected."),
    ("rejection", "I've decided not to take the car.", "I've decided not to take the job."),
    ("rejection", "We can't move forward until you sign the form.", "We have decided not to move forward."),
    ("rejection", "I will pass on your message to Ana.", "I think we'll pass this time."),
    ("rejection", "The other agency did our website in 2022.", "We have chosen another agency."),
    ("rejection", "She has more experience with spreadsheets than I do.", "We chose someone with more experience."),
    ("rejection", "Good luck with your exam.", "The job went to someone else."),
    (
        "rejection",
        "Unfortunately the position of the desk is not ideal.",
        "Unfortunately the position has been filled.",
    ),
    # Freezes that are over, and things that merely stand still.
    ("on_hold", "The hiring freeze ended in March.", "There is a hiring freeze at the moment."),
    ("on_hold", "Back in 2020 all recruitment was frozen.", "All recruitment is frozen for now."),
    ("on_hold", "The concert has been postponed until next year.", "The project has been postponed until next year."),
    ("on_hold", "About half of the budget is already spent.", "The budget has been cut, so the project has to wait."),
    ("on_hold", "The customer simply had no budget left.", "We have no budget for this at the moment."),
    ("on_hold", "The project should have been stopped long ago.", "The project has been stopped for now."),
    ("on_hold", "The swimming pool remains closed until further notice.", "The search is paused until further notice."),
    # Offers of the week, standing facts about contracts.
    ("offer", "The offer letter template is in the folder.", "Your offer letter is attached."),
    ("offer", "We accept credit cards.", "We accept your offer."),
    ("offer", "The budget was approved by the board in May.", "Your proposal has been approved by the board."),
    ("offer", "The contract was signed in 2021.", "I've signed the contract, it's attached."),
    ("offer", "Please sign the contract and send it back.", "We are pleased to offer you a contract as our cook."),
    ("offer", "Let's start with the easy part.", "Let's go with option B."),
    ("offer", "I'd love to work with you.", "We'd love to have you on the team."),
    ("offer", "You have been selected for our prize draw!", "You have been selected for the position!"),
    ("offer", "Please welcome Irene, she starts on Monday.", "Welcome to the team!"),
    ("offer", "Congratulations on your new job!", "Congratulations, the job is yours!"),
    ("offer", "The purchase order number must be on every invoice.", "The purchase order is attached."),
    ("offer", "Please confirm the order of the slides.", "We confirm the order as quoted."),
    ("offer", "We need to get your approval in writing.", "You have our approval to start."),
    # A day and an occasion alone make no appointment; the past and routines don't either.
    ("schedule", "The meeting on Monday was about parking.", "The meeting on Monday is at ten."),
    ("schedule", "The van is booked for Thursday.", "You're booked for Thursday."),
    (
        "schedule",
        "The delivery is scheduled for Thursday between 8 and 12.",
        "Your interview is scheduled for Thursday.",
    ),
    ("schedule", "Invoice 2207 was settled on the 4th.", "Our call is set for the 4th."),
    ("schedule", "Our weekly call is on Mondays at ten.", "Our next call is on Monday at 10."),
    ("schedule", "Our workshop is shut on 24 December.", "The workshop is on 24 June at ten."),
    ("schedule", "When a meeting is cancelled, everyone gets a message.", "Our meeting on Friday is cancelled."),
    ("schedule", "The client is 15 minutes late to every call.", "I'm running 15 minutes late."),
    ("schedule", "There was a conflict with the driver.", "I have a clash on the 12th."),
    ("schedule", "The first phase took 12 weeks instead of ten.", "Can we meet on Friday instead?"),
    ("schedule", "According to my calendar, the 12th is a Thursday.", "Does Thursday the 12th suit you?"),
    ("schedule", "Until then there's instant coffee in the cupboard.", "See you on Thursday then."),
    ("schedule", "I need a coffee before I can answer.", "Shall we have a coffee on Monday?"),
    ("schedule", "It was good of you to come in on Tuesday.", "Could you come in on Tuesday?"),
    # Rhetoric, headlines and other people's questions.
    ("question", "Why does it always rain on my day off?", "Why was the invoice returned?"),
    ("question", "Have a question? Our help page has the answer.", "Have you made a decision?"),
    ("question", "Any questions? Just shout.", "Any news on the contract?"),
    ("question", "The question is whether the cable is long enough; it is.", "One question: is the cable long enough?"),
    ("question", "The customer wants to know when the pump was built.", "I'd like to know when you will decide."),
    # House rules, help texts and what others want.
    ("request", "Please use the side entrance this week.", "Please send us the signed form this week."),
    ("request", "Please call the hotline again if the error persists.", "Please call me."),
    ("request", "Please mind the step.", "Please check the draft."),
    ("request", "We need a bigger fridge in the kitchen.", "We still need your signature."),
    ("request", "Check the spam folder if the mail doesn't arrive.", "Check the figures in column D, please."),
    ("request", "Sign in with your usual password.", "Sign the contract and return it to me."),
    ("request", "They want us to send the forms by post.", "Could you send the forms by post?"),
    ("request", "Nice to see the sun again.", "It would be great if you could send me the slides."),
    ("request", "We need a person who has run a crew before.", "We need two references from you."),
    # Prices in general, and other people's quotations.
    ("proposal", "The price for a coffee is now 2 euros.", "Our price for the signs is 2,450 euros."),
    ("proposal", "We offer free parking for visitors.", "We would like to offer you our sleeves at a trial price."),
    ("proposal", "A quotation is valid for four weeks under our terms.", "Our quotation is attached."),
    (
        "proposal",
        "Please find attached the proposal of the architect.",
        "Please find attached our proposal for the atrium.",
    ),
    ("application", "My application for a parking permit was refused.", "My application for the post is attached."),
    ("application", "My application is slow since the update.", "I'm applying for the post of librarian."),
    ("application", "My CV is two pages long.", "My CV for the trainee post is attached."),
    # Formulas and helplines.
    ("thanks", "Thank you for contacting customer support.", "Thank you for helping us with the move."),
    ("thanks", "Thank you for your time and consideration.", "Thank you for your time yesterday."),
    ("thanks", "Thank you for sending the documents.", "Thank you for showing us the plant."),
    ("thanks", "The mayor thanked all helpers.", "Thank you for all your help."),
    ("closing", "The ticket was resolved by the help desk.", "The matter is closed for us."),
    ("closing", "Just for your information, Ivo has the keys.", "Just for your information, no action needed."),
    ("closing", "No answer is also an answer.", "No answer needed."),
    ("withdrawal", "Two of the suppliers did not submit a price.", "We will not be submitting a bid."),
    ("withdrawal", "Good candidates drop out when it takes too long.", "I'd like to drop out of the process."),
    ("withdrawal", "You can opt out of the mailing list at any time.", "Please take me off the list of candidates."),
    ("withdrawal", "The app has been withdrawn from the store.", "Our bid is hereby withdrawn."),
    # What can't be given is no candidacy, another colour no other supplier, a no to a draft no no to us.
    ("rejection", "We can't offer you parking, but there's a station nearby.", "We can't offer you the position."),
    ("rejection", "We can't offer you a refund for the samples.", "We can't offer you a contract for the samples."),
    (
        "rejection",
        "Unfortunately we can't offer you a slot on Monday; would Tuesday suit?",
        "Unfortunately we can't offer you a place on the course.",
    ),
    (
        "rejection",
        "Unfortunately we can't offer you more than 12 million a month.",
        "Unfortunately we can't offer you anything at the moment.",
    ),
    (
        "rejection",
        "We decided to go with another colour for the logo.",
        "We decided to go with another agency for the logo.",
    ),
    ("rejection", "We decided to go with another venue.", "We decided to go with another supplier."),
    ("rejection", "We went with a cheaper airline.", "We went with a cheaper supplier."),
    ("rejection", "We decided to use another font.", "We decided to use another designer."),
    (
        "rejection",
        "The client said no to the first draft, so please go ahead with the green one.",
        "The client said no to the proposal.",
    ),
    (
        "rejection",
        "The client said no to your blue version, so please use the green one.",
        "The client said no to your quote, sorry.",
    ),
    ("rejection", "Should you not be selected, you will get a mail.", "Sadly you have not been selected."),
    (
        "rejection",
        "The project meeting has been cancelled.",
        "The project has been cancelled, so we no longer need the proposal.",
    ),
    (
        "rejection",
        "The power fell out and we have to cancel the project meeting.",
        "The funding fell through and we have to cancel the project.",
    ),
    ("rejection", "The old building no longer exists.", "The position no longer exists."),
    ("rejection", "We no longer need the projector.", "We no longer need the translation."),
    (
        "rejection",
        "We went through the checklist and the milk is not on it.",
        "We went through the shortlist and you're not on it.",
    ),
    ("withdrawal", "Not interested, please take me off your list.", "Please take me off the list of candidates."),
    ("rejection", "I'm interested, please put me on your list.", "Not interested, please take me off your list."),
    # Builders and printers promise nothing; short answers do.
    (
        "promise",
        "The decorators tell me they will be done by the end of the month.",
        "We will be done by the end of the month.",
    ),
    ("promise", "The plumber says it will be done by Friday.", "It will be done by Friday."),
    ("promise", "Let me get back to work.", "Let me get back to you next week."),
    ("promise", "I need until Thursday to paint the fence.", "I need until Thursday to decide."),
    ("promise", "Summer comes Friday.", "Decision comes Friday."),
    ("promise", "Rain to follow next week.", "Contract to follow next week."),
    ("promise", "It'll take us about three hours to drive there.", "It'll take us about three weeks to review."),
    ("request", "I'd be glad to hear the birds again.", "I'd be glad to hear what you think by next Friday."),
    # Somebody's own diary, errands and events open to all are no appointment with the reader.
    ("schedule", "I have an interview with the BBC on Friday, wish me luck!", "We have an interview on Friday at ten."),
    ("schedule", "Your doctor's appointment is confirmed for Monday.", "Your appointment is confirmed for Monday."),
    ("schedule", "The webinar is on 16 June at 10.", "The interview is on 16 June at 10."),
    (
        "closing",
        "You're welcome to join us for lunch on Friday.",
        "You're very welcome. And apologies again that our switchboard kept you waiting for so long!",
    ),
    (
        "closing",
        "Don't mention it to Ana, it is a surprise.",
        "My pleasure. Please note that our office is closed on Monday, and the side door until the builders have left.",
    ),
]


def facts(text: str, *, outgoing: bool = False) -> set[str]:
    """What the phrases alone find, without the second opinion of the cues."""
    return {signal.fact.value for signal in said(text, outgoing=outgoing, language="en", doubting=False)}


@pytest.mark.parametrize(("fact", "plain"), [(fact, plain) for fact, plain, _ in PAIRS])
def test_an_ordinary_sentence_is_no_signal(fact: str, plain: str) -> None:
    assert fact not in facts(plain)
    assert fact not in facts(plain, outgoing=True)


@pytest.mark.parametrize(("fact", "twin"), [(fact, twin) for fact, _, twin in PAIRS])
def test_its_near_twin_is_heard(fact: str, twin: str) -> None:
    assert fact in facts(twin) | facts(twin, outgoing=True)


def test_a_hint_that_two_languages_know_counts_once() -> None:
    assert "rejection" not in facts("Getting the permits is slow, I'm sorry to say.")


def test_a_foreign_phrase_is_guarded_by_the_words_of_the_language_around_it() -> None:
    assert "on_hold" not in facts("The freeze on hiring was lifted in February.")


def test_another_day_in_place_of_a_lost_one_moves_the_appointment() -> None:
    found = said(
        "Unfortunately I can't make Thursday. Would Monday at 2pm work instead?", language="en", doubting=False
    )
    assert [signal.sense for signal in found] == [Sense.CANCELLED, Sense.MOVED]


def test_a_time_that_is_proposed_by_a_question_is_also_a_question() -> None:
    assert facts("Would Thursday at three suit you?") == {"schedule", "question"}
