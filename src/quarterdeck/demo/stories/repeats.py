"""The same trouble again and again: what some customers will remember this year by."""

from quarterdeck.demo.stories.story import Story, answer, note, reply, wait
from quarterdeck.desk.tickets import Impact, Priority

# Company code and how often in the year, by story.
SUFFERERS = {
    "same printer": ("SSD", 24),
    "same VPN": ("WOL", 20),
    "same app": ("PVC", 26),
    "same radio link": ("VCG", 16),
}

STORIES = (
    Story(
        "same printer",
        "workplace",
        (
            "Paper jam in the reception printer, again", "Reception printer: tray 2 not found",
            "The reception printer jams at {site}", "Reception printer down once more",
            "Printer at reception: 'open rear door'",
        ),
        (
            "The reception printer jams again, third sheet every time. We have patients waiting for their papers.",
            "It's the reception printer. Again. Tray 2 this time.",
            "The printer at reception wants its rear door opened and closed for every page. {colleague_first} is about "
            "to throw it out of the window.",
            "Same as last week: the reception printer pulls in three sheets at once and stops.",
        ),
        (
            answer(
                "Sorry that it's back, {first}. Please take the paper out of tray 2 and use tray 1; that carries you "
                "through the day.",
                "Oh no. I'm on it; please print to the lab for the moment.",
            ),
            note(
                "Rollers cleaned last time, held for two weeks. Same pattern: it jams when the humidity is low.",
                "Page count 412,000, rated for 300,000. Has been quoted for replacement twice this year.",
                "Rear door sensor is loose. Bent it back, will not last.",
            ),
            reply("Tray 1 works for now.", "OK, but this can't go on."),
        ),
        (
            "Rollers cleaned and the sensor adjusted. It prints, but I really recommend the replacement we quoted.",
            "Running again. This was the same fault as before; please consider the quote from spring.",
        ),
        "On site: cleaned the rollers of the reception printer",
        (30, 60),
        "Hardware",
        on_site=True,
    ),
    Story(
        "same VPN",
        "network",
        (
            "VPN down again for all partners", "VPN: nobody can work from home", "VPN drops in the middle of hearings",
            "VPN disconnects every hour", "Remote access is gone again",
        ),
        (
            "The VPN is down again. Two partners sit at the court without their files.",
            "VPN disconnects me every hour on the hour. I had to call in to a hearing by phone.",
            "Remote access stopped {when}, for all of us, as it did last month.",
            "I can connect, but nothing opens until I disconnect and connect again. It's the old problem.",
        ),
        (
            answer(
                "Thank you for calling at once. I'm restarting the service on the firewall; please try again in "
                "three minutes.",
                "Understood, {first}. While I look, the files are also in the web portal.",
            ),
            note(
                "Firewall's VPN process at 100% again. Vendor case is open since spring; fix announced for the next "
                "firmware.",
                "Session time-out of 60 minutes is back after the firmware update. Set to 12 hours once more.",
                "Logs sent to the vendor, third time. They ask for a capture during the failure.",
            ),
            reply("Back in.", "It's connected. How long this time?"),
        ),
        (
            "Service restarted, all partners are connected. The vendor's fix is still due; we keep pushing.",
            "Connected again. I have moved you to the second gateway until the vendor delivers.",
        ),
        "Remote: restarted the VPN service, vendor case",
        (20, 50),
        "Vendor change",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
    ),
    Story(
        "same app",
        "servers",
        (
            "ChartWell freezes at check-in", "ChartWell: 'database is busy'", "ChartWell again: schedule does not load",
            "ChartWell slow since the doors opened", "Cannot sign a chart in ChartWell",
        ),
        (
            "ChartWell freezes when we check patients in. The line goes out to the parking lot.",
            "'Database is busy, try again' in ChartWell on all computers. Just like last Monday.",
            "The schedule in ChartWell stays white. We are back to paper.",
            "I can't sign charts: ChartWell says that somebody else has them open. Nobody has.",
        ),
        (
            answer(
                "I see it, {first}. Somebody's session is holding a lock; I'm releasing it now.",
                "Sorry, again. Restarting the ChartWell service in one minute: please save what you can.",
            ),
            note(
                "Lock held by the nightly claims export, which had not finished by 7:30 am. Killed it.",
                "Same stack trace as in the vendor case. They promise a fix in 12.2.",
                "Export moved to 1 am so that it ends before they open. Watch on Monday.",
            ),
            wait("ChartWell's vendor wants to look at it live. They connect on {day}; I'll be there."),
            reply("It's moving again.", "OK now. Patients are being checked in."),
        ),
        (
            "Lock released and the export moved. ChartWell runs; the vendor's real fix comes with version 12.2.",
            "Service restarted, all computers are back in. I added this one to the vendor case.",
        ),
        "Remote: released locks in ChartWell, vendor case",
        (20, 60),
        "Software",
        priority=Priority.HIGH,
        impact=Impact.MAJOR,
    ),
    Story(
        "same radio link",
        "network",
        (
            "Radio link to the packing house is down", "Packing house offline after the storm",
            "Cold store has no network", "Link to the packing house drops every few minutes",
        ),
        (
            "The packing house is offline again. Wind and dust since {when}.",
            "No network in the cold store; the scanners don't work and the truck is waiting.",
            "The link to the packing house comes and goes every few minutes.",
        ),
        (
            answer("I see the link flapping from here, {first}. I'm turning the rate down, which makes it slower and "
                   "steadier."),
            note("Signal -81 dBm, was -62 when it was built. The mast has moved; needs somebody on the ladder.",
                 "Realigned in spring, already off by four degrees. Fiber quote is with the owner."),
            reply("The scanners are back.", "Works, slowly. The truck has left."),
        ),
        (
            "Link is up at a lower rate. It needs to be realigned, and one day replaced by the fiber we quoted.",
            "Antenna realigned from the ladder: back at full rate. Until the next storm, I fear.",
        ),
        "On site: realigned the antenna",
        (50, 110),
        "Weather",
        priority=Priority.HIGH,
        impact=Impact.SITE,
        on_site=True,
    ),
)  # fmt: skip
