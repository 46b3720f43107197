"""Trouble with accounts, mail, calendars, meetings and files in the cloud."""

from quarterdeck.demo.stories.story import Story, answer, note, reply, wait
from quarterdeck.desk.tickets import Impact, Priority, Type

STORIES = (
    Story(
        "password",
        "cloud",
        ("Password reset for {full}", "{full} is locked out", "Forgot my password after vacation"),
        (
            "I'm back from two weeks off and can't remember my password. Please reset it.",
            "My account is locked. I think I typed the old password too often.",
            "{colleague} is locked out and asked me to write to you.",
        ),
        (
            note("Called back on the number we have on file, identity confirmed. Sign-in log shows nothing strange."),
            answer("I called you back on your usual number, {first}: the new password works once and then asks you "
                   "for one of your own."),
        ),
        ("Account unlocked and a new password set by yourself. All devices are signed in again.",),
        "Phone: verified identity, reset the password",
        (5, 15),
        "User",
        type=Type.REQUEST,
        billable=False,
        often=2.8,
    ),
    Story(
        "new phone MFA",
        "cloud",
        ("New phone: authenticator codes are gone", "{full} cannot approve sign-in after changing phones"),
        (
            "I got a new phone and the app with the codes is empty. Now I can't get into my mail.",
            "The old phone is broken and the approval goes there. I need to get into {app} before {hour}.",
        ),
        (
            note("Video call to confirm it's really {full}. Recognised, and the badge was shown."),
            answer("I've reset your second factor. Please open your security settings on the computer and follow the "
                   "steps; I'm on the line if it gets stuck."),
            reply("It's working on the new phone.", "Done, got the code. Thank you!"),
        ),
        ("The new phone is registered and the old one removed. Two spare codes are in your drawer, as agreed.",),
        "Remote: re-registered the second factor",
        (10, 25),
        "User",
        type=Type.REQUEST,
        often=1.8,
    ),
    Story(
        "outlook search",
        "cloud",
        ("Outlook finds nothing any more", "Search in Outlook shows only old mail"),
        (
            "When I search for a sender, Outlook shows mail up to last month and nothing newer.",
            "Search in Outlook is empty, whatever I type. In the browser it works.",
        ),
        (
            answer("That's the local index, {first}. I can rebuild it without disturbing you; it takes a few hours, "
                   "during which the search is incomplete."),
            note("Index rebuilt: 41,000 items. Took until the evening."),
        ),
        ("The index is complete again and new mail is found within a minute.",),
        "Remote: rebuilt the search index",
        (10, 20),
        "Software",
        priority=Priority.LOW,
    ),
    Story(
        "mail bounced",
        "cloud",
        ("Mail to a customer comes back", "Messages from {domain} rejected as spam"),
        (
            "Our mail to two of our biggest customers has been coming back since {when}: '550 5.7.1 rejected by "
            "policy'. This is urgent.",
            "People tell us our mail lands in their junk folder. It began after the website was moved.",
        ),
        (
            answer("Thank you for the full error text, that helps a lot. I'm looking at the domain's records now."),
            note("The web agency replaced the DNS zone and the SPF record went missing. DKIM is still there."),
            answer("The record that says who may send for {domain} was lost when the website moved. I've put it back; "
                   "other mail systems will notice within an hour or two."),
            reply("They got my test mail!", "It arrived this time, thank you."),
        ),
        ("SPF, DKIM and DMARC for {domain} are right again, and mail is accepted by both customers.",),
        "Remote: repaired the domain's mail records, tested delivery",
        (30, 75),
        "Configuration",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
    ),
    Story(
        "mailbox full",
        "cloud",
        ("Mailbox of {full} is full", "'Your mailbox is almost full' for {colleague}"),
        (
            "I get a warning that my mailbox is at {pct} percent. I don't want to delete anything, we need those "
            "messages for the auditors.",
            "{colleague} can't send mail any more because the mailbox is full.",
        ),
        (
            answer("Nothing needs to be deleted, {first}. I'll switch on the archive, and messages older than two "
                   "years move there by themselves. You'll find them one folder further down."),
            reply("Perfect, as long as I can still search them."),
        ),
        ("The archive is on and the first 11 GB have moved. Search looks in both.",),
        "Remote: enabled the archive mailbox and its policy",
        (10, 25),
        "Capacity",
        priority=Priority.LOW,
    ),
    Story(
        "shared calendar",
        "cloud",
        ("{full} cannot see the calendar for {room}", "Shared calendar is missing for {colleague}"),
        (
            "I'm supposed to plan the bookings for {room}, but the calendar asks for permission.",
            "{colleague} could see our team calendar until last week. Now it's gone.",
        ),
        (
            answer("Whose agreement do I need for this? Usually {colleague} decides about that calendar."),
            reply("I've put {colleague_first} in copy: yes please.", "{colleague_first} says it's fine."),
        ),
        ("You can read and change the calendar now. It appears after Outlook is restarted.",),
        "Remote: calendar permissions",
        (5, 15),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        often=1.2,
    ),
    Story(
        "teams camera",
        "cloud",
        ("Teams: no picture in meetings", "Teams freezes when {first} shares the screen"),
        (
            "In Teams everybody sees a grey circle instead of me. In other programs the camera works.",
            "As soon as I share my screen, Teams freezes and I have to join again. Very embarrassing with customers.",
        ),
        (
            answer("Which version does Teams show under Settings, About? I think you are still on the old one."),
            reply("It says classic.", "1.6 something."),
            note("Old client left over beside the new one. Removed both, cleared the cache, installed the new one."),
        ),
        ("Only the new Teams is installed now. We tried camera and sharing together for ten minutes.",),
        "Remote: reinstalled Teams, test meeting",
        (20, 35),
        "Software",
        often=1.3,
    ),
    Story(
        "teams guest",
        "cloud",
        ("Invite an outside partner to our Teams channel", "External guest cannot open our files"),
        (
            "We work with an outside consultant and would like to have them in our Teams channel, but only there.",
            "Our auditor gets 'access denied' when opening the folder {colleague_first} shared.",
        ),
        (
            answer("Happy to. Please send me the mail address and until when the access should last."),
            reply("Until the end of next month. Address is in the signature below.", "Until {day} in two weeks."),
        ),
        ("The guest can see that one channel and nothing else; the access ends by itself on the agreed day.",),
        "Remote: guest access with an end date",
        (10, 20),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        planned=2,
    ),
    Story(
        "onedrive sync",
        "cloud",
        ("OneDrive does not synchronize on {device}", "Two versions of every file at {full}"),
        (
            "There is a red cross on the cloud symbol, and what I change on {device} does not appear at home.",
            "I suddenly have every file twice, once with the name of my computer at the end.",
        ),
        (
            answer("Please don't delete the doubles yet, {first}; one of each pair is newer. I'll sort it out."),
            note("Path over 400 characters in the projects folder blocks the sync. Shortened two folder names."),
            reply("The cross is gone.", "Looks tidy again, thank you."),
        ),
        ("Everything is synchronized. Two folder names were too long; the new names are in the note on top.",),
        "Remote: repaired the synchronization, merged duplicates",
        (25, 60),
        "Software",
        often=1.2,
    ),
    Story(
        "onboarding",
        "cloud",
        ("New colleague on {day}: {newcomer}", "Onboarding: {newcomer} starts on {day}"),
        (
            "{newcomer} joins us on {day} and will sit in {room}. Same access as {colleague}, please. A laptop is "
            "still here from the last person.",
            "Please prepare an account, mail, phone and {app} for {newcomer}, first day is {day}.",
        ),
        (
            answer("Welcome to {newcomer_first}! I've got the checklist open. Does {newcomer_first} need remote "
                   "access from home, and who approves the license for {app}?"),
            reply("Remote access yes. {colleague} approves the license.", "No remote access for now. I approve it."),
            note("Account made from the template, groups copied from {colleague}, license assigned, laptop wiped and "
                 "enrolled."),
            wait("Everything is prepared. The welcome sheet with the first password is in a sealed envelope with "
                 "{colleague}. I'll check in on {day} morning."),
            reply("{newcomer_first} is in and has already sent the first mail.",
                  "All good on the first morning. Thanks for being so quick."),
        ),
        ("{newcomer} has mail, files, phone and {app}, and was shown around by phone for fifteen minutes.",),
        "Remote: account, licenses, laptop, welcome call",
        (60, 120),
        "Request",
        type=Type.REQUEST,
        impact=Impact.NONE,
        planned=6,
        waits=3,
        often=1.9,
    ),
    Story(
        "leaver",
        "cloud",
        ("{newcomer} leaves us on {day}", "Please close the account of {newcomer}", "Offboarding: {newcomer}"),
        (
            "{newcomer}'s last day is {day}. Mail should go to {colleague} for three months.",
            "Please block {newcomer}'s access today at {hour}, quietly. HR knows.",
        ),
        (
            answer("Understood. I'll block sign-in at the agreed time, keep the mailbox and forward new mail as you "
                   "say."),
            note("Sign-in blocked, sessions ended, phone wiped of company data, license freed. Mailbox is shared now."),
            reply("Thank you. We have the laptop and the key card here."),
        ),
        ("The account is closed; mail goes to the person you named, and the files are kept for a year.",),
        "Remote: closed the account, forwarded the mail",
        (20, 45),
        "Request",
        type=Type.REQUEST,
        impact=Impact.NONE,
        planned=3,
        often=1.2,
    ),
    Story(
        "distribution list",
        "cloud",
        ("Change the mail group for {room}", "Add {colleague} to the mail group"),
        (
            "Please add {colleague} to our info@ group and take out {newcomer}, who left.",
            "Mail to our orders@ address should reach {colleague_first} and me, nobody else.",
        ),
        (answer("Will do, {first}. Should the old messages be visible to new members as well?"), reply("Yes please.")),
        ("The group has the members you asked for. I sent a test message that both have received.",),
        "Remote: mail group",
        (5, 10),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        billable=False,
    ),
    Story(
        "phone mail",
        "cloud",
        ("Mail on {full}'s phone asks for the password again and again", "No mail on the phone since {when}"),
        (
            "My phone asks for my mail password every five minutes although it is right.",
            "Mail on my phone stopped {when}. On the computer everything arrives.",
        ),
        (
            answer("Are you using the built-in mail program of the phone? That one is no longer allowed in; Outlook "
                   "for phones is, and it takes five minutes to set up together."),
            reply("Yes, the blue one. Call me?", "OK, I've installed it. What now?"),
        ),
        ("Outlook is set up on the phone, and mail, calendar and contacts are there.",),
        "Phone: set up mail on the phone",
        (10, 20),
        "Vendor change",
        priority=Priority.LOW,
        often=1.3,
    ),
    Story(
        "out of office",
        "cloud",
        ("Out-of-office message for {colleague}", "{colleague} is ill: who reads the mail?"),
        (
            "{colleague} is in hospital and could not set an automatic reply. Could you do it? Text is below.",
            "{colleague} will be away for some weeks. I need to see the mailbox, with permission of our director.",
        ),
        (
            note("Director confirmed by phone. Access for thirty days, logged."),
            answer("The automatic reply is on. Please send {colleague_first} our best wishes."),
        ),
        ("Automatic reply and access are set for thirty days and end by themselves.",),
        "Remote: automatic reply, delegated access",
        (10, 15),
        "Request",
        type=Type.REQUEST,
        impact=Impact.NONE,
        often=0.7,
    ),
    Story(
        "teams rights",
        "cloud",
        ("{full} needs access to the finance folder", "'Access denied' on a shared folder"),
        (
            "I've taken over the invoices from {newcomer} and need the finance folder.",
            "I get 'access denied' on a folder I used last week. Did something change?",
        ),
        (
            answer("That folder belongs to {colleague}; I've asked for approval and will open it the minute I have "
                   "it."),
            note("Approval from {colleague} by mail, attached to the contract file."),
        ),
        ("You're in the group now. Please sign out and in once so that it takes effect.",),
        "Remote: folder permissions after approval",
        (10, 20),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        often=1.2,
    ),
)  # fmt: skip
