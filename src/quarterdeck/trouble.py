"""What stops a command for a reason its user can mend."""


class Trouble(Exception):
    """The message is for a person: what is wrong, then what to do."""
