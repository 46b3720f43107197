"""What people say whatever the matter is."""

# Before a technician has looked: left out more often than not.
RECEIVED = (
    "Hi {first}, thanks for letting us know. I've picked this up and will get back to you today.",
    "Hello {first}, got it. One look at my list and then I'm with you.",
    "Thank you, {first}. I'm finishing another call and will start on this right after.",
    "Good to hear from you, {first}, even if the reason isn't. I'm looking into it.",
)
WAITING = (
    "I've tried to call you, {first}, and left a message. When would be a good time to connect for ten minutes?",
    "One question before I go on, {first}: I've sent it to your mail. Please answer when you have a moment.",
    "I'd like to do the rest together with you, {first}. Would {day} at {hour} suit you?",
    "Could {colleague} approve this? I'll go on as soon as I hear from one of you.",
)
WAITING_INSIDE = (
    "Waiting for the maintenance window on {day}.",
    "Vendor case is open, answer promised for {day}.",
    "Part ordered, delivery on {day}.",
)
THANKS = (
    "Thank you, {tech}!",
    "All good now, thanks for the quick help.",
    "Works. You can close this.",
    "Perfect, thank you very much.",
    "Great, that was fast. Thank you!",
    "Thanks {tech}, everything works again. Have a good day.",
    "Yes, solved. {colleague_first} says thank you, too.",
    "👍 works",
    "Confirmed, it has been fine all day.",
    "Muchas gracias, {tech}!",
)
# To what was asked for, rather than repaired.
WELCOMES = (
    "Thank you, {tech}!",
    "Perfect, thank you very much.",
    "Great, that was fast. Thank you!",
    "Just what we needed, thanks.",
    "Thanks {tech}. {colleague_first} says thank you, too.",
    "👍",
)
BACK_AGAIN = (
    "I'm sorry, {tech}, it's back. Same as before.",
    "It worked until lunch and then it started again.",
    "I was too fast in saying thank you: it happens again.",
)
SECOND_LOOK = (
    "Thank you for coming back to me, {first}. I'm taking a second look right now.",
    "That should not be. I'm reopening this and will stay with you until it's really gone.",
)
SOLVED_AGAIN = (
    "Found what was left of it: a second setting that put the old state back at every start. It stays gone now.",
    "We watched it together for an hour without a hitch. If anything is odd, please answer to this ticket.",
)
HANDING_OVER = (
    "Handing over to {other}, who knows this system better.",
    "{other} is on site there today and takes this along.",
    "Off tomorrow; {other} takes over. Everything is in the notes.",
)
NUDGES = (
    "Any news on this?",
    "Hi, just checking where we are with this one.",
    "I know you're busy, but this is starting to hurt. When can we expect something?",
)
FIRST_LOOK = ("Phone: first questions", "Remote: first look", "Phone: called back, collected details")
MORE_WORK = ("Remote: second look after it came back", "Phone and remote: checked again with the user")
