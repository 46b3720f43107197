"""Trouble at the desk: printers, computers, screens and the programs on them."""

from quarterdeck.demo.stories.story import Story, answer, note, reply, wait
from quarterdeck.desk.tickets import Impact, Priority, Type

STORIES = (
    Story(
        "printer offline",
        "workplace",
        ("Printer shows as offline: {printer}", "{full} cannot print to {printer}", "Nothing comes out of {printer}"),
        (
            "Since {when} nothing comes out of {printer}. The display looks normal, but Windows says it is offline. "
            "{colleague_first} has the same problem.",
            "I sent the same document to {printer} four times and nothing printed. Can somebody have a look? I need "
            "it for a meeting at {hour}.",
            "{printer} is offline for everyone in {room}. We already switched it off and on again.",
        ),
        (
            answer(
                "Thanks, {first}. I can see the queue from here: {num} jobs are stuck. I'm clearing them now and will "
                "let you know when to try again.",
                "Hi {first}, I'm on it. Please don't send anything more to {printer} for the next ten minutes.",
            ),
            note(
                "The printer got a new address from DHCP after a power cut, so the port on the print queue pointed "
                "at nothing. Made a reservation.",
                "Spooler hung on a damaged PDF. Deleted the job, restarted the service.",
            ),
            reply("It just printed all my copies at once, but it prints!", "That did it, thank you."),
        ),
        ("The stuck jobs are gone and {printer} prints for everyone. I'll keep an eye on it for a week.",),
        "Remote: cleared the print queue, fixed the printer's address",
        (10, 30),
        "Configuration",
        often=2.2,
    ),
    Story(
        "blank pages",
        "workplace",
        ("{printer} prints blank pages", "Streaks on every page from {printer}"),
        (
            "Every second page from {printer} is blank or has grey streaks. We changed the toner last week and it did "
            "not help.",
            "The printouts from {printer} have become unreadable and it gets worse every day. "
            "Customers are complaining.",
        ),
        (
            answer(
                "Hello {first}, this sounds like the drum rather than the toner. Could you print the supplies page "
                "from the menu and send me a photo?"
            ),
            reply("Photo sent to your mail. It says drum life 2%.", "Here it is. Drum: replace soon."),
            wait("Thank you. The drum is ordered and should be with you on {day}. I'll fit it when it arrives."),
            reply("The box is here."),
        ),
        ("New drum fitted, test pages are clean. The old one is with us for recycling.",),
        "On site: replaced the drum, printed test pages",
        (30, 60),
        "Hardware",
        on_site=True,
        priority=Priority.LOW,
        waits=3,
        often=1.2,
    ),
    Story(
        "scan to mail",
        "workplace",
        ("Scan to mail stopped working on the copier", "Scans from the copier never arrive"),
        (
            "When I scan to my mail, the copier says 'sent', but nothing arrives. It worked on Friday.",
            "Nobody gets their scans any more. {colleague} says the display shows error 535 for a second.",
        ),
        (
            note(
                "The device signs in with a basic password, and that is now switched off for the tenant. It needs "
                "the relay connector instead."
            ),
            answer(
                "The mail service stopped accepting the old way this copier signs in. I'm setting up the newer way; "
                "it takes about half an hour and you can print in the meantime."
            ),
            reply("Got a test scan just now.", "Scans are coming in again, thanks!"),
        ),
        ("Scanning to mail goes through a connector now. Tested with two addresses.",),
        "Remote: set up the mail relay for the copier",
        (25, 50),
        "Vendor change",
        priority=Priority.LOW,
    ),
    Story(
        "slow PC",
        "workplace",
        ("{device} is very slow", "Computer of {full} takes forever to start", "{device}: slow since the last update"),
        (
            "My computer needs ten minutes in the morning before I can do anything, and {app} freezes several times a "
            "day. Could somebody check it?",
            "{device} has become painfully slow. I restart it every day and it does not help.",
            "Since the update everything crawls: the mail, {app}, even opening a folder.",
        ),
        (
            answer(
                "Hello {first}, when would it suit you that I connect for twenty minutes? I'd like to look at "
                "it while it is slow."
            ),
            reply(
                "Any time after {hour} is fine.",
                "Now would be good, I'm in a meeting until {hour} and you can have it.",
            ),
            note(
                "8 GB of memory, 97% used after sign-in. Four start-up programs that nobody uses, and two antivirus "
                "products fighting. Removed the old one.",
                "Indexing keeps the disk at 100% all morning, and an old antivirus is still half installed.",
            ),
        ),
        (
            "I removed an old antivirus product that ran beside the new one and switched off what started by itself. "
            "{device} now starts in under a minute.",
            "Cleaned up, updated and checked: start-up is down from nine minutes to one. If it slows down again we "
            "should talk about a replacement.",
        ),
        "Remote: cleaned start-up, removed the second antivirus, updates",
        (30, 75),
        "Software",
        priority=Priority.LOW,
        often=2.0,
    ),
    Story(
        "will not start",
        "workplace",
        ("{device} does not start any more", "Black screen on {device}", "{full}: computer is dead"),
        (
            "I press the button, the light goes on, and the screen stays black. I've tried another cable.",
            "{device} beeps three times and then nothing happens. I have a customer in front of me and can't work.",
        ),
        (
            answer(
                "Sorry to hear that, {first}. Please unplug it for a minute, take out anything that is plugged into "
                "USB, and try once more. I'm staying on this until it runs."
            ),
            reply("Did that, same thing.", "No change, sorry."),
            answer(
                "Then I'm coming over with a spare. You can work on that while I look at yours. I should be there "
                "within the hour."
            ),
            note("Memory module 2 is dead. Took it out, runs on 8 GB for now; replacement under warranty requested."),
        ),
        ("One memory module had failed. It has been replaced and {device} passed a full memory test over night.",),
        "On site: diagnosis, swapped the memory module, memory test",
        (60, 120),
        "Hardware",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
        on_site=True,
        often=0.8,
    ),
    Story(
        "second screen",
        "workplace",
        ("Second screen stays dark at {full}'s desk", "Monitor flickers on {device}"),
        (
            "My second monitor stays dark since I moved desks to {room}. The first one is fine.",
            "The left screen goes black for a few seconds, several times an hour. It makes me dizzy.",
        ),
        (
            answer("Hi {first}, which socket is the cable in: the one on the dock or the one on the laptop itself?"),
            reply("On the dock.", "In the little box next to the phone."),
            note("The dock's firmware is from 2021. Known to lose DisplayPort after sleep; update fixes it."),
        ),
        ("The dock has new firmware and both screens have been steady since. If it blinks again, call {tech}.",),
        "Remote: updated the dock's firmware and the graphics driver",
        (15, 35),
        "Software",
        priority=Priority.LOW,
        paired=True,
    ),
    Story(
        "app crash on print",
        "workplace",
        ("{app} closes by itself", "{app} crashes when {first} prints"),
        (
            "{app} closes without a message whenever I print. I lose whatever I typed before.",
            "Since {when} {app} disappears as soon as I press Print. {colleague_first} next to me has no problem.",
        ),
        (
            answer("Thank you for the details, {first}. I'm collecting the program's log now; please keep working."),
            note("Same as the vendor's known problem with version 11.4. Log sent to their support."),
            wait(
                "The vendor of {app} has our log and promises an answer by {day}. Until then, printing to PDF first "
                "avoids the crash."
            ),
            reply("PDF works, I can live with that for now.", "OK. PDF it is, until then."),
        ),
        ("The vendor's fix for {app} is installed and you can print directly again.",),
        "Remote: collected logs, worked with the vendor, installed the fix",
        (35, 90),
        "Software",
        often=0.9,
        waits=3,
    ),
    Story(
        "app will not open",
        "workplace",
        ("Error in {app} on {device}", "{app} does not open on {device}", "{full} cannot work in {app}"),
        (
            "I get 'unhandled exception' in {app} about five times a day. {colleague_first} next to me has no problem.",
            "After yesterday's update {app} does not open any more: the logo appears and then nothing.",
            "{app} opens, shows half of the window and freezes. I've restarted twice.",
        ),
        (
            answer(
                "Thank you, {first}. May I connect to {device} for a quarter of an hour?",
                "I'm connecting now, {first}. Please leave {app} just as it is.",
            ),
            reply("Of course, go ahead.", "Yes. I'm getting a coffee."),
            note(
                "The log names a damaged layout file in the user's profile. Deleted it, the program makes a new one.",
                "Half-finished update: one library was still the old version. Repaired the installation.",
            ),
        ),
        ("{app} opens again and has run without an error all afternoon.", "Repaired; your settings are as they were."),
        "Remote: read the log, repaired the program",
        (25, 60),
        "Software",
        often=1.3,
    ),
    Story(
        "app install",
        "workplace",
        ("Please install {app} on {device}", "{app} for {colleague}"),
        (
            "I got a new task and need {app}. My manager has agreed.",
            "{colleague} needs {app} from next week on. The license is there. Could you install it on {device}?",
        ),
        (
            answer("Of course. I'll do it at {hour}; please leave the computer on and signed out."),
            reply("Great, thank you."),
        ),
        ("{app} is installed and opens with your own sign-in. The license is entered.",),
        "Remote: installed and licensed the program",
        (15, 40),
        "Request",
        type=Type.REQUEST,
        priority=Priority.LOW,
        impact=Impact.NONE,
        planned=3,
        often=1.3,
        paired=True,
    ),
    Story(
        "keyboard",
        "workplace",
        ("Coffee on the keyboard of {device}", "Keys stick after an accident with coffee"),
        (
            "I'm ashamed to say so, but my coffee went into the keyboard. Half of the keys stick.",
        ),
        (
            answer(
                "It happens to all of us. There is a spare keyboard in the cupboard in {room}; help yourself and tell "
                "me which one you took."
            ),
            reply("Found it, works.", "Took the black one. Thank you for not laughing."),
        ),
        ("Solved with the spare. I'm sending another one for the cupboard.",),
        "Phone: talked through it, ordered a spare",
        (5, 10),
        "User",
        billable=False,
        priority=Priority.LOW,
        impact=Impact.NONE,
        often=0.7,
    ),
    Story(
        "full disk",
        "workplace",
        ("'Disk full' on {device}", "{first} cannot save: no space left on {device}"),
        (
            "I can't save anything any more; Windows says the disk is full. I've already emptied the recycle bin.",
            "A red bar and 'low disk space' all the time. What may I delete?",
        ),
        (
            answer("Please delete nothing yet, {first}. I'll see what takes the space."),
            note(
                "140 GB of old mail archives in the user's profile, plus 30 GB of Windows update leftovers.",
                "The synchronized folder holds the whole photo library offline. Set it to files on demand.",
            ),
            reply("Yes, those can go to the server.", "Fine with me, I don't need them every day."),
        ),
        ("{device} has over 100 GB free again. Older files are on the server and open as before.",),
        "Remote: moved archives, cleaned up",
        (20, 45),
        "Capacity",
    ),
    Story(
        "file gone",
        "workplace",
        ("Folder has disappeared from the shared drive", "{full} deleted a file by mistake", "Please restore a folder"),
        (
            "The folder with this year's contracts is gone from the shared drive. It was there yesterday "
            "afternoon. Please tell me there is a backup.",
            "I overwrote a spreadsheet that took me three days. Can you get back an older version?",
        ),
        (
            answer(
                "There is a backup, don't worry. Please tell me the exact name and roughly when you last saw it."
            ),
            reply(
                "It's in the top folder and I last opened it yesterday around four.",
                "The name ends in 'final_v3'. It was still right yesterday after lunch.",
            ),
            note("The folder had been dragged into its neighbour. Moved it back; no restore needed.",
                 "Restored from last night's snapshot into a folder beside the original."),
        ),
        ("It's back where it belongs. Please have a look whether everything is there.",),
        "Remote: searched and restored from the snapshot",
        (15, 40),
        "User",
        type=Type.REQUEST,
        priority=Priority.HIGH,
        often=1.4,
        paired=True,
    ),
    Story(
        "sound",
        "workplace",
        ("No sound in video calls on {device}", "Headset of {full} is not recognized"),
        (
            "People can't hear me in calls. I hear them fine. It began {when}, in the middle of a call.",
            "The new headset is plugged in, but the computer keeps using the built-in microphone.",
        ),
        (
            answer("Let's do a short test call together. I'm ringing you at {hour}."),
            note("Windows had set the dock as default microphone. Set the headset for communications."),
        ),
        ("The headset is the default for calls now. The test call was loud and clear.",),
        "Remote: sound settings, test call",
        (10, 20),
        "Configuration",
        priority=Priority.LOW,
        often=0.9,
        paired=True,
    ),
    Story(
        "update loop",
        "workplace",
        ("Windows update fails again and again on {device}", "{device} restarts by itself during work"),
        (
            "Every evening it says 'updating', every morning it says 'undoing changes'. That takes half an hour.",
            "{device} restarted in the middle of a phone call with a customer. Can this be stopped?",
        ),
        (
            answer("That has to stop, {first}. I'm changing the update window for {device} first."),
            note("0x800f0922: the recovery partition is too small. Enlarged it, update went through."),
            reply("Good. This morning it was ready at once."),
        ),
        ("The update is installed, and updates for {device} now run only between 10 pm and 5 am.",),
        "Remote: repaired the update, set the window",
        (30, 60),
        "Software",
        priority=Priority.LOW,
        paired=True,
    ),
    Story(
        "dropped laptop",
        "workplace",
        ("Laptop fell: cracked screen on {device}", "{full} dropped the laptop"),
        (
            "My laptop fell off the car roof. It still runs, but the screen is cracked on one side.",
            "{colleague_first} stepped on the laptop bag. The display shows colored lines only.",
        ),
        (
            answer("Nobody hurt, I hope! Does it work with an external screen? Then your files are safe."),
            reply("Yes, with the big screen it works.", "Nobody hurt. On the monitor everything is there."),
            wait("A new panel costs about $180 and takes until {day}. Shall I order it?"),
            reply("Please go ahead.", "Yes. {colleague_first} approves it."),
        ),
        ("The new panel is in, {device} is ready at our front desk, and the bag has been retired.",),
        "Workshop: replaced the display panel",
        (60, 90),
        "Hardware",
        waits=5,
        often=0.6,
    ),
    Story(
        "label printer",
        "workplace",
        ("Labels are shifted a quarter of an inch", "Labels come out empty in {room}"),
        (
            "All labels print too far to the left since we opened the new box. The address is cut off.",
            "The label printer in {room} feeds three empty labels between the printed ones.",
        ),
        (
            answer("Is the new box the same size as the old? The number is on the inside of the roll."),
            reply("Oh. The old one says 57 x 32, the new one 62 x 29.", "No, {colleague_first} ordered another brand."),
        ),
        ("The driver knows the new label size now, and I calibrated the printer. First test label fits.",),
        "Remote: label size, calibration",
        (10, 25),
        "Configuration",
        priority=Priority.LOW,
        often=0.7,
        paired=True,
    ),
)  # fmt: skip
