"""Suspicions and scares, and what follows from them."""

from quarterdeck.demo.stories.story import Story, answer, note, reply, wait
from quarterdeck.desk.tickets import Impact, Priority, Source, Type

STORIES = (
    Story(
        "phishing reported",
        "security",
        ("Suspicious mail: is this real?", "Phishing? Invoice from an unknown sender", "{full} reports a strange mail"),
        (
            "I got this mail about an unpaid invoice with a link. I did NOT click. Is it real?",
            "A message that looks like it's from our director asks me to buy gift cards. It's in my inbox still.",
            "Several of us got a 'your parcel is waiting' mail {when}. Please have a look.",
        ),
        (
            answer("Well spotted, {first}, and thank you for asking first. It is a fake. I'm removing it from "
                   "everybody's mailbox."),
            note("Sent to {num} people, nobody opened the link. Sender domain blocked, messages purged."),
        ),
        ("The message is gone from all mailboxes and the sender is blocked. Nobody had clicked.",),
        "Remote: analysed the mail, purged it, blocked the sender",
        (10, 25),
        "Phishing",
        priority=Priority.MEDIUM,
        often=2.2,
        billable=False,
    ),
    Story(
        "phishing clicked",
        "security",
        ("I clicked on a link in a bad mail", "{full} entered the password on a fake page"),
        (
            "I'm so sorry. I clicked on a link in a mail and typed my password before I noticed that the page was "
            "fake.",
            "{colleague} opened an attachment and now feels it was not a real invoice. What shall we do?",
        ),
        (
            answer("Thank you for telling us at once; that is exactly right. I'm ending all your sessions and setting "
                   "a new password now. Please leave {device} on, but don't use it."),
            note("Sign-in from abroad 6 minutes after the click, stopped by the second factor. No rules in the "
                 "mailbox, nothing forwarded, nothing sent."),
            answer("Good news: nobody got in. Your second factor stopped them. Please choose a new password with me "
                   "on the phone."),
            reply("Thank you for being so calm about it.", "What a relief. I've learned my lesson."),
        ),
        ("Password changed, sessions ended, computer scanned clean. Nobody got in. No further steps needed.",),
        "Remote: secured the account, checked sign-ins, scanned the computer",
        (45, 90),
        "Phishing",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
        often=0.9,
    ),
    Story(
        "ransomware scare",
        "security",
        ("'Your files are encrypted' on {device}", "Strange file names on {device}: ransomware?"),
        (
            "A full-screen warning says my files are encrypted and that I must call a number. A voice is reading it "
            "aloud. I have not called.",
            "Files on the desktop of {device} have strange names since {when}. I've pulled the network cable.",
        ),
        (
            answer("You did the right thing. Please leave it just as it is, unplugged from the network. I'm calling "
                   "you this minute."),
            note("Only a browser page in full screen, no process, no changed files. Still ran a full scan and "
                 "compared the file server with last night's snapshot: nothing changed.",
                 "The 'strange names' are temporary files of {app}. No encryption. Scan clean."),
            reply("My heart is still beating. Thank you for staying on the phone."),
        ),
        ("False alarm: a web page made to frighten people. Files are fine, the page is blocked for all of you.",
         "False alarm: temporary files of {app} after a crash. Nothing was encrypted, and all files are as they were."),
        "Remote: isolated, scanned, compared with the snapshot",
        (45, 100),
        "Scareware",
        priority=Priority.CRITICAL,
        impact=Impact.CRISIS,
        often=0.5,
        paired=True,
    ),
    Story(
        "lost phone",
        "security",
        ("{full} lost the phone", "Company phone stolen"),
        (
            "I left my phone in a taxi last night. Company mail is on it. What do I do?",
            "My work phone was stolen from the car. Police report is made.",
        ),
        (
            answer("Sorry, {first}. I've locked the phone and started wiping the company data; nobody can read your "
                   "mail on it. Is there anything else on it that worries us?"),
            reply("Only the hotel app and some photos.", "The authenticator. I can't sign in now."),
            note("Wipe confirmed at the next contact with the network. SIM blocked by the carrier."),
        ),
        ("The phone is wiped, the SIM blocked, and your new one is registered.",),
        "Remote: locked and wiped the phone, new registration",
        (20, 40),
        "Loss",
        priority=Priority.HIGH,
        often=0.6,
        paired=True,
    ),
    Story(
        "impossible travel",
        "security",
        ("Sign-in from two countries: {full}", "Unusual sign-in for {full}"),
        (
            "Two sign-ins within 40 minutes from Tucson and from Lagos. The second was refused by the second factor.",
            "Sign-in from an unknown device in Rotterdam, password correct, second factor not answered.",
        ),
        (
            note("Password is right in the hands of somebody else: reset it at once, sessions ended."),
            answer("We saw a sign-in to your account that was not yours, and stopped it. Please call us for a new "
                   "password; your mail is safe."),
        ),
        ("Account secured, no data was reached. The old password turned up in a known leak of another site.",),
        "Remote: secured the account, checked the logs",
        (20, 45),
        "Leaked password",
        priority=Priority.HIGH,
        source=Source.API,
        often=1.0,
    ),
    Story(
        "bank details fraud",
        "security",
        ("Supplier's new bank details: real or fraud?", "Is this payment request real?"),
        (
            "A supplier sends new bank details by mail and wants the payment today. The address looks right. Something "
            "feels wrong.",
            "We got a changed account number for a payment that is due today. I have a bad feeling about it.",
        ),
        (
            answer("Please pay nothing until we have looked at it. Could you call the supplier on the number from an "
                   "older invoice, not from this mail?"),
            reply("They say they never changed their account!", "Called them. They know nothing about it."),
            note("Look-alike domain, one letter doubled, registered four days ago. Reported to the registrar and "
                 "blocked; our customer's own mailbox is clean."),
        ),
        ("Fraud attempt, no money lost. The look-alike domain is blocked and reported.",),
        "Remote: examined the headers, reported the domain",
        (30, 60),
        "Fraud",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
        often=0.5,
    ),
    Story(
        "antivirus found",
        "security",
        ("Threat found and removed on {device}", "Antivirus quarantined a file on {device}"),
        (
            "Trojan:Script/Wacatac was found in the Downloads folder and quarantined.",
            "A potentially unwanted program was removed: a free PDF converter.",
        ),
        (
            note("File came from a download site for PDF tools. Removed before it ran. Full scan clean."),
            answer("Our antivirus stopped a download on {device}. Nothing happened, but please ask us before "
                   "installing a free tool; we probably have one for you."),
        ),
        ("Quarantined file deleted, full scan without findings.",),
        "Remote: checked the finding, full scan",
        (10, 25),
        "Malware",
        source=Source.AGENT,
        often=1.8,
    ),
    Story(
        "security questionnaire",
        "security",
        ("Cyber insurance questionnaire", "Questionnaire of a large customer about our IT security"),
        (
            "Our insurer sent 60 questions about IT security. Could you fill in the technical part? They want it by "
            "{day}.",
            "A customer wants to know how we protect their data. Please help us answer the attached form.",
        ),
        (
            answer("Happy to help; we have most answers ready from last year. I'll send you a draft before {day}."),
            note("Two honest gaps: no written incident plan, and the old server in the cupboard. Quote both."),
            wait("The draft is in your mail. Please check questions 14 and 31, which only you can answer."),
            reply("Filled in and sent off. Thank you!", "Looks good, 14 is a yes."),
        ),
        ("The form has been handed in. We noted two points to improve for the next review.",),
        "Remote: answered the questionnaire",
        (60, 150),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        planned=8,
        waits=4,
        often=0.6,
        paired=True,
    ),
    Story(
        "training",
        "security",
        ("Security training for the team of {company}", "{newcomer} has not done the security training"),
        (
            "We would like the yearly security training for all of us, if possible before the holidays.",
            "The report says {newcomer} has not finished the training. Could you send the link again?",
        ),
        (answer("With pleasure. The invitations go out on {day}; it takes about 25 minutes and can be paused."),
         reply("Thank you, we'll do it in the team meeting.")),
        ("Everybody has finished; the certificates are in the shared folder.",),
        "Remote: training invitations and report",
        (15, 40),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        planned=14,
        often=0.6,
        paired=True,
    ),
)  # fmt: skip
